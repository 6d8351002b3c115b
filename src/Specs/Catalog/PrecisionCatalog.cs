using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Number formats of convolutions and matrix products. Weights, statistics and the optimizer's state are float32 in each.</summary>
internal static class PrecisionCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Precision(
            "auto", "Automatic", "bfloat16 where the hardware multiplies it (AMX, AVX-512 BF16, CUDA), else float32",
            "The fastest format of the machine that trains. The default; name a format where runs of different machines are compared.",
            "The flags of the processor"),
        Precision(
            "float32", "Single precision", "24 significant bits, 1.2e-38 to 3.4e38",
            "What every processor computes, and what published figures rest on. Use it for comparisons to the last digit and for gradient checks.",
            "IEEE 754-2019, binary32"),
        Precision(
            "bfloat16", "bfloat16", "8 significant bits, 1.2e-38 to 3.4e38: operands are rounded, sums are kept in float32",
            "The range of float32 with a third of its digits, so that nothing overflows and no loss scaling is needed. Several times faster on hardware that has it, slower on hardware "
            + "that has not.",
            "Kalamkar et al.: A Study of BFLOAT16 for Deep Learning Training, 2019"),
    ];

    private static TechniqueDefinition Precision(string name, string title, string formula, string explanation, string source) =>
        Technique(TechniqueKind.Precision, "/training/precision", name, title, formula, explanation, source);
}

using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Number formats of convolutions and matrix products. Weights, statistics and the optimizer's state are float32 in each.</summary>
internal static class PrecisionCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Precision(
            "auto", "Automatic", "bfloat16 where the hardware supports it (AMX, AVX-512 BF16, CUDA), unless all layers are small dense ones; else float32",
            "The fastest format of the machine. The default; choose a format explicitly to compare runs of different machines.",
            "CPU feature flags; small dense layers are slower in bfloat16: bench/trainer/README.md"),
        Precision(
            "float32", "Single precision", "24 significant bits, 1.2e-38 to 3.4e38",
            "Supported by every processor, and the basis of published results. Use it for exact comparisons and gradient checks.",
            "IEEE 754-2019, binary32"),
        Precision(
            "bfloat16", "bfloat16", "8 significant bits, 1.2e-38 to 3.4e38: operands are rounded, sums are kept in float32",
            "The range of float32 with a third of its precision, so no loss scaling is needed. Several times faster on hardware that supports it, slower on other "
            + "hardware.",
            "Kalamkar et al.: A Study of BFLOAT16 for Deep Learning Training, 2019"),
    ];

    private static TechniqueDefinition Precision(string name, string title, string formula, string explanation, string source) =>
        Technique(TechniqueKind.Precision, "/training/precision", name, title, formula, explanation, source);
}

using Trainyard.Specs.Spec;
using Trainyard.Trainer.Layers;

namespace Trainyard.Trainer.Setup;

/// <summary>Decides the number format of convolutions and matrix products.</summary>
internal static class ProductPrecision
{
    /// <summary>Whether the processor multiplies bfloat16 in hardware (AMX or AVX-512).</summary>
    public static bool ProcessorHasBfloat16 { get; } = Has(ReadProcessorFlags(), "amx_bf16", "avx512_bf16");

    /// <summary>The precision in use: that of the spec, or for <c>auto</c> bfloat16 where the hardware multiplies it.</summary>
    public static Precision Decide(Precision wanted, Specs.Spec.Device device) => wanted switch
    {
        Precision.Auto => HasBfloat16(device) ? Precision.Bfloat16 : Precision.Float32,
        _ => wanted,
    };

    public static bool HasBfloat16(Specs.Spec.Device device) => device == Specs.Spec.Device.Cuda || ProcessorHasBfloat16;

    public static NumberFormats Formats(Precision precision) =>
        precision == Precision.Bfloat16 ? NumberFormats.Bfloat16 : NumberFormats.Float32;

    private static bool Has(string flags, params ReadOnlySpan<string> names)
    {
        var words = flags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names)
        {
            if (words.Contains(name))
            {
                return true;
            }
        }

        return false;
    }

    private static string ReadProcessorFlags()
    {
        const string Path = "/proc/cpuinfo";
        return File.Exists(Path)
            ? File.ReadLines(Path).FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal)) ?? ""
            : "";
    }
}

namespace Trainyard.Trainer.Kernels;

/// <summary>What the processor multiplies in hardware, beyond what the runtime tells.</summary>
internal static class Processor
{
    private static readonly HashSet<string> Flags = ReadFlags();

    /// <summary>bfloat16, by AMX or AVX-512.</summary>
    public static bool HasBfloat16 { get; } = MultipliesTiles || Flags.Contains("avx512_bf16");

    /// <summary>Tiles of bfloat16 matrices (AMX).</summary>
    public static bool MultipliesTiles => Flags.Contains("amx_bf16");

    private static HashSet<string> ReadFlags()
    {
        const string Path = "/proc/cpuinfo";
        var line = File.Exists(Path) ? File.ReadLines(Path).FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal)) : null;
        return [.. (line ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }
}

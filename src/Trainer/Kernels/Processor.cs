namespace Trainyard.Trainer.Kernels;

/// <summary>What the processor multiplies in hardware, beyond what the runtime tells, as far as oneDNN may use it (its variable ONEDNN_MAX_CPU_ISA).</summary>
internal static class Processor
{
    private static readonly HashSet<string> Flags = ReadFlags();
    private static readonly string? Limit = Environment.GetEnvironmentVariable("ONEDNN_MAX_CPU_ISA") ?? Environment.GetEnvironmentVariable("DNNL_MAX_CPU_ISA");

    /// <summary>bfloat16, by AMX or AVX-512.</summary>
    public static bool HasBfloat16 { get; } = MultipliesTiles || (Flags.Contains("avx512_bf16") && AllowsBfloat16(Limit));

    /// <summary>Tiles of bfloat16 matrices (AMX).</summary>
    public static bool MultipliesTiles => Flags.Contains("amx_bf16") && AllowsTiles(Limit);

    // limit: The highest instruction set that oneDNN may use, as it names them; null: all. Without those for bfloat16 its convolutions of it are some 40 times slower.
    internal static bool AllowsBfloat16(string? limit) => AllowsTiles(limit) || Names(limit, "AVX512_CORE_BF16", "AVX512_CORE_FP16", "AVX10_1_512");

    internal static bool AllowsTiles(string? limit) => limit is null || limit.Contains("AMX", StringComparison.OrdinalIgnoreCase) || Names(limit, "DEFAULT", "ALL");

    private static bool Names(string? limit, params string[] names) => names.Contains(limit, StringComparer.OrdinalIgnoreCase);

    private static HashSet<string> ReadFlags()
    {
        const string Path = "/proc/cpuinfo";
        var line = File.Exists(Path) ? File.ReadLines(Path).FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal)) : null;
        return [.. (line ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }
}

namespace Trainyard.Specs.Validation;

/// <summary>What a host allows, beyond the ranges of the catalog, and the defaults that are its own.</summary>
public sealed record SpecLimits
{
    /// <summary>Longest time limit that a spec may have, in seconds: 7 days.</summary>
    public const double MaximumTimeLimitSeconds = 604_800;

    /// <summary>Largest estimated memory of a training on the processor, in bytes. Default: 1 TiB.</summary>
    public long MaximumMemoryBytes { get; init; } = 1L << 40;

    /// <summary>Largest estimated memory of a training on a GPU, in bytes. Default: 1 TiB.</summary>
    public long MaximumGpuMemoryBytes { get; init; } = 1L << 40;

    /// <summary>Time limit of specs that set none, in seconds; null for none.</summary>
    public double? DefaultTimeLimitSeconds { get; init; }
}

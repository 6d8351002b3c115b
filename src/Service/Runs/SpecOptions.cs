using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Trainyard.Service.Hosting;
using Trainyard.Service.Queue;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Runs;

/// <summary>Limits of specs: configuration section <c>Specs</c>.</summary>
internal sealed class SpecOptions
{
    public const string Section = "Specs";

    // Time limit of runs whose spec has none, in seconds of training. Such a run writes a checkpoint when it reaches it, and continues when it is extended.
    // Default 86,400 (a day), from 1 to 604,800 (7 days).
    [Range(1.0, SpecLimits.MaximumTimeLimitSeconds)]
    public double DefaultTimeLimitSeconds { get; set; } = 86_400;

    // Largest estimated memory of a training on the processor, in GiB. Default 0: what a run of the largest connected worker may use, and without one the memory
    // of this machine or container. From 0 to 1,048,576.
    [Range(0.0, 1_048_576.0)]
    public double MaximumMemoryGib { get; set; }
}

/// <summary>The limits that every spec is read with.</summary>
internal sealed class SpecLimitSource(IOptions<SpecOptions> options, RunQueue queue)
{
    /// <summary>The limits now.</summary>
    public async Task<SpecLimits> CurrentAsync(CancellationToken cancellationToken) => new()
    {
        DefaultTimeLimitSeconds = options.Value.DefaultTimeLimitSeconds,
        MaximumMemoryBytes = options.Value.MaximumMemoryGib > 0
            ? (long)(options.Value.MaximumMemoryGib * (1L << 30))
            : await queue.LargestMemoryAsync("cpu", cancellationToken) ?? MachineMemory.Bytes,
    };
}

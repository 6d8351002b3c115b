using System.ComponentModel.DataAnnotations;

namespace Trainyard.Service.Labs;

/// <summary>Labs: configuration section <c>Labs</c>.</summary>
internal sealed class LabOptions
{
    public const string Section = "Labs";

    /// <summary>Bytes of a result; a larger one is a failure.</summary>
    public const int MaximumResultBytes = 4 * 1024 * 1024;

    /// <summary>Seconds that a trainer has for an answer. Default 60, from 1 to 600.</summary>
    [Range(1, 600)]
    public double TimeLimitSeconds { get; set; } = 60;

    /// <summary>Megabytes (of 1,048,576 bytes) of memory that a trainer may use for an answer. Default 2,048, from 256 to 1,048,576.</summary>
    [Range(256, 1_048_576)]
    public long MemoryMegabytes { get; set; } = 2_048;

    /// <summary>Requests that wait for a worker; further ones are refused. Default 100, from 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int MaximumQueued { get; set; } = 100;

    /// <summary>Answers that are kept; those that were not asked for for longest are removed. Default 500, from 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int KeptResults { get; set; } = 500;
}

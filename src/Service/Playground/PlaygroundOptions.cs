using System.ComponentModel.DataAnnotations;

namespace Trainyard.Service.Playground;

/// <summary>Sessions of the playground, each a trainer process beside the API process: configuration section <c>Playground</c>.</summary>
internal sealed class PlaygroundOptions
{
    public const string Section = "Playground";

    /// <summary>Sessions of all persons at the same time. Default 8, from 0 (the playground is off) to 1,000.</summary>
    [Range(0, 1000)]
    public int MaximumSessions { get; set; } = 8;

    /// <summary>Sessions of one person at the same time; not applied without authentication. Default 2, from 0 (no limit) to 1,000.</summary>
    [Range(0, 1000)]
    public int SessionsPerPerson { get; set; } = 2;

    /// <summary>Seconds without use, as by a hidden page, after which a session ends. Default 600, from 1 to 86,400.</summary>
    [Range(1.0, 86_400.0)]
    public double IdleSeconds { get; set; } = 600;

    // Seconds after which a session ends whose connection is lost and has not come back. Default 10, from 0 to 3,600.
    [Range(0.0, 3_600.0)]
    public double ReconnectSeconds { get; set; } = 10;

    /// <summary>Megabytes (of 1,048,576 bytes) of memory that a session may use; one that uses more is ended. Default 1,024, from 128 to 16,777,216.</summary>
    [Range(128, 16_777_216)]
    public long MemoryMegabytes { get; set; } = 1024;
}

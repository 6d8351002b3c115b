using System.ComponentModel.DataAnnotations;

namespace Trainyard.Service.Inspection;

/// <summary>Trained networks that are held ready to show forward passes, each in a trainer process beside the API process: configuration section <c>ForwardPasses</c>.</summary>
internal sealed class ForwardOptions
{
    public const string Section = "ForwardPasses";

    /// <summary>Networks at the same time; one more takes the place of the one unused for longest. Default 4, from 0 (there are no forward passes) to 100.</summary>
    [Range(0, 100)]
    public int MaximumNetworks { get; set; } = 4;

    /// <summary>Seconds without a request after which a network is given up. Default 300, from 1 to 86,400.</summary>
    [Range(1.0, 86_400.0)]
    public double IdleSeconds { get; set; } = 300;

    /// <summary>Megabytes (of 1,048,576 bytes) of memory that a network with its dataset may use. Default 2,048, from 128 to 16,777,216.</summary>
    [Range(128, 16_777_216)]
    public long MemoryMegabytes { get; set; } = 2048;
}

using Trainyard.Specs.Findings;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.SpecChecks;

/// <summary>What is known of a spec without training it.</summary>
public sealed record SpecCheck
{
    /// <summary>Whether it can be submitted.</summary>
    public required bool Valid { get; init; }

    /// <summary>Everything that was found, errors first.</summary>
    public required IReadOnlyList<SpecFinding> Findings { get; init; }

    /// <summary>The spec with every default filled in; null when it is not valid.</summary>
    public required ExperimentSpec? Spec { get; init; }

    /// <summary>The layer table as far as the layers fit; empty when the spec does not say what the network is.</summary>
    public required IReadOnlyList<LayerRow> Layers { get; init; }

    /// <summary>The layer that the table ends before, because it does not fit; null when all do.</summary>
    public required BrokenLayer? BrokenLayer { get; init; }

    /// <summary>Learned numbers.</summary>
    public required long Parameters { get; init; }

    /// <summary>Floating-point operations of one forward pass of one sample.</summary>
    public required long FlopsPerSample { get; init; }

    /// <summary>Estimated peak memory of training, in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Expected seconds of one epoch, from the speed of a similar run that succeeded here; null when there was none.</summary>
    public required double? ExpectedSecondsPerEpoch { get; init; }
}

using System.Text.Json.Serialization;

namespace Trainyard.Specs.Events.Forward;

/// <summary>
/// A request to <c>trainer forward</c>, one JSON line on its standard input. Each has exactly one answer (<see cref="InspectionAnswer"/>), in order.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PassRequest), "pass")]
[JsonDerivedType(typeof(SamplesRequest), "samples")]
public abstract record InspectionRequest;

/// <summary>Shows a forward pass.</summary>
public sealed record PassRequest : InspectionRequest
{
    /// <summary>What to show.</summary>
    public required ForwardRequest Forward { get; init; }
}

/// <summary>Lists validation samples with what the network predicts for them.</summary>
public sealed record SamplesRequest : InspectionRequest
{
    /// <summary>Index of the first sample, from 0.</summary>
    public required int First { get; init; }

    /// <summary>Most samples.</summary>
    public required int Limit { get; init; }

    /// <summary>Only samples of this true class; null for all.</summary>
    public int? Label { get; init; }

    /// <summary>Only samples that the network predicts wrong.</summary>
    public bool Wrong { get; init; }
}

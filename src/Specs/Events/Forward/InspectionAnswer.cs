using System.Text.Json.Serialization;

namespace Trainyard.Specs.Events.Forward;

/// <summary>The answer of <c>trainer forward</c> to one request: one JSON line on its standard output.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PassAnswer), "pass")]
[JsonDerivedType(typeof(SamplesAnswer), "samples")]
[JsonDerivedType(typeof(InspectionRefusal), "refused")]
[JsonDerivedType(typeof(InspectionFailure), "failed")]
public abstract record InspectionAnswer;

/// <summary>The forward pass that was asked for.</summary>
public sealed record PassAnswer : InspectionAnswer
{
    /// <summary>The forward pass.</summary>
    public required ForwardPass Pass { get; init; }
}

/// <summary>The samples that were asked for.</summary>
public sealed record SamplesAnswer : InspectionAnswer
{
    /// <summary>The samples.</summary>
    public required ForwardSamples Samples { get; init; }
}

/// <summary>There is no such sample or unit, or its values are not finite.</summary>
public sealed record InspectionRefusal : InspectionAnswer
{
    /// <summary>Why, in English.</summary>
    public required string Message { get; init; }
}

/// <summary>The network or its data cannot be used; the trainer ends.</summary>
public sealed record InspectionFailure : InspectionAnswer
{
    /// <summary>Why.</summary>
    public required FailedEvent Failure { get; init; }
}

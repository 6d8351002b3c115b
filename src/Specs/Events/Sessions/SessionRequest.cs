using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Specs.Events.Sessions;

/// <summary>
/// A request to a session of the trainer (<c>trainer session</c>), one JSON line on its standard input. Each has exactly one answer
/// (<see cref="SessionAnswer"/>), in order.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(OpenRequest), "open")]
[JsonDerivedType(typeof(StepRequest), "step")]
[JsonDerivedType(typeof(ChangeRequest), "change")]
[JsonDerivedType(typeof(ResetRequest), "reset")]
public abstract record SessionRequest;

/// <summary>Begins with a spec, at the initial weights. Replaces whatever the session has.</summary>
public sealed record OpenRequest : SessionRequest
{
    /// <summary>The spec, in its short form or canonical.</summary>
    public required JsonElement Spec { get; init; }
}

/// <summary>Does updates, across epochs where there are more, but none after the last epoch; 0 only answers with the current frame.</summary>
public sealed record StepRequest : SessionRequest
{
    /// <summary>Number of updates.</summary>
    public required int Steps { get; init; }

    /// <summary>Seconds of training, from 0 to 60, after which no further update begins; the first one always does. Null: no limit.</summary>
    public double? Seconds { get; init; }
}

/// <summary>
/// Goes on with another spec: with the weights as they are if data, model and seed are equal (and with the state of the optimizer, if that is of the same kind), else from the
/// beginning.
/// </summary>
public sealed record ChangeRequest : SessionRequest
{
    /// <summary>The spec, in its short form or canonical.</summary>
    public required JsonElement Spec { get; init; }
}

/// <summary>Goes back to the initial weights.</summary>
public sealed record ResetRequest : SessionRequest;

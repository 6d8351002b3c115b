using System.Text.Json;

namespace Trainyard.Specs.Events.Diagnosis;

/// <summary>A finding of the diagnosis of a run.</summary>
public record Finding
{
    /// <summary>Name of the diagnosis rule, as in <c>vanishing_gradient</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>Its severity.</summary>
    public required DiagnosisSeverity Severity { get; init; }

    /// <summary>Epoch after which it was found; 0 before the first update.</summary>
    public required int Epoch { get; init; }

    /// <summary>Arguments of the message, as documented with the rule.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Arguments { get; init; }

    /// <summary>The message in English, with the measured values.</summary>
    public required string Message { get; init; }

    /// <summary>The measured values that it is based on.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>Source of the rule.</summary>
    public required string Source { get; init; }

    /// <summary>A suggested change; null when there is none.</summary>
    public required Suggestion? Suggestion { get; init; }
}

/// <summary>Severity of a finding of the diagnosis.</summary>
public enum DiagnosisSeverity
{
    /// <summary>For information.</summary>
    Info,

    /// <summary>Training is impaired.</summary>
    Warning,

    /// <summary>Training does not work as it should.</summary>
    Problem,
}

/// <summary>A measured value that a finding is based on.</summary>
public sealed record Evidence
{
    /// <summary>Name of the measurement.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the layer; null for the whole network.</summary>
    public required string? Layer { get; init; }

    /// <summary>Epoch of the measurement; null when it spans several.</summary>
    public required int? Epoch { get; init; }

    /// <summary>The measured value; null when it is not finite.</summary>
    public required double? Value { get; init; }

    /// <summary>Unit; null for a plain number.</summary>
    public required string? Unit { get; init; }

    /// <summary>The limit that it exceeded; null when there is none.</summary>
    public required double? Limit { get; init; }
}

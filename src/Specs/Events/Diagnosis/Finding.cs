using System.Text.Json;

namespace Trainyard.Specs.Events.Diagnosis;

/// <summary>Something that the diagnosis noticed about how a run learns.</summary>
public record Finding
{
    /// <summary>The rule, one of <see cref="DiagnosisRules"/>; it tells what the finding says.</summary>
    public required string Rule { get; init; }

    /// <summary>How much it matters.</summary>
    public required DiagnosisSeverity Severity { get; init; }

    /// <summary>Epoch after which it was noticed; 0: before the first update.</summary>
    public required int Epoch { get; init; }

    /// <summary>What the sentences are made with, by name; the rule tells which there are. Null: written by a version that did not tell.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Arguments { get; init; }

    /// <summary>One or two English sentences with the measured numbers.</summary>
    public required string Message { get; init; }

    /// <summary>The numbers that it rests on.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>Where the rule comes from.</summary>
    public required string Source { get; init; }

    /// <summary>What to try; null when nothing is known to help.</summary>
    public required Suggestion? Suggestion { get; init; }
}

/// <summary>How much a finding of the diagnosis matters.</summary>
public enum DiagnosisSeverity
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Learning suffers.</summary>
    Warning,

    /// <summary>The run does not learn as it should.</summary>
    Problem,
}

/// <summary>A number that a finding rests on.</summary>
public sealed record Evidence
{
    /// <summary>What was measured.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the layer; null for the whole network.</summary>
    public required string? Layer { get; init; }

    /// <summary>Epoch of the measurement; null when it spans several.</summary>
    public required int? Epoch { get; init; }

    /// <summary>The measured value; null when it is not finite.</summary>
    public required double? Value { get; init; }

    /// <summary>Unit; null: a plain number.</summary>
    public required string? Unit { get; init; }

    /// <summary>The limit that it passed; null when there is none.</summary>
    public required double? Limit { get; init; }
}

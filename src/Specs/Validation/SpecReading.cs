using System.Diagnostics.CodeAnalysis;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Validation;

/// <summary>Result of <see cref="SpecReader"/>.</summary>
public sealed record SpecReading
{
    /// <summary>The canonical spec; null when a finding is an error.</summary>
    public required ExperimentSpec? Spec { get; init; }

    /// <summary>The network; null when a finding is an error.</summary>
    public required ModelPlan? Plan { get; init; }

    /// <summary>The layer table up to the first layer that does not fit; empty when the model cannot be planned.</summary>
    public IReadOnlyList<LayerRow> Layers => Attempt is null ? [] : LayerTable.Rows(Attempt.Plan);

    /// <summary>The layer that does not fit; null when all do.</summary>
    public BrokenLayer? BrokenLayer => Attempt?.Broken;

    /// <summary>Errors, then warnings.</summary>
    public required IReadOnlyList<SpecFinding> Findings { get; init; }

    /// <summary>Whether the document is not JSON.</summary>
    public bool Malformed { get; init; }

    internal PlanAttempt? Attempt { get; init; }

    /// <summary>Whether the spec can be trained.</summary>
    [MemberNotNullWhen(true, nameof(Spec), nameof(Plan))]
    public bool IsValid => Spec is not null && Plan is not null;
}

using System.Diagnostics.CodeAnalysis;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Validation;

/// <summary>What <see cref="SpecReader"/> made of a document.</summary>
public sealed record SpecReading
{
    /// <summary>The canonical spec; null when a finding is an error.</summary>
    public required ExperimentSpec? Spec { get; init; }

    /// <summary>The network; null when a finding is an error.</summary>
    public required ModelPlan? Plan { get; init; }

    /// <summary>The layer table as far as the layers fit, whatever else is wrong; empty when the members do not say what the network is.</summary>
    public IReadOnlyList<LayerRow> Layers => Attempt is null ? [] : LayerTable.Rows(Attempt.Plan);

    /// <summary>The layer that the table ends before, because it does not fit; null when all do.</summary>
    public BrokenLayer? BrokenLayer => Attempt?.Broken;

    /// <summary>Everything that was found, errors first, in document order.</summary>
    public required IReadOnlyList<SpecFinding> Findings { get; init; }

    /// <summary>Whether the document is not JSON at all, so that nothing of it could be read.</summary>
    public bool Malformed { get; init; }

    /// <summary>How far the network could be planned; null when the members do not say what it is.</summary>
    internal PlanAttempt? Attempt { get; init; }

    /// <summary>Whether the spec can be trained.</summary>
    [MemberNotNullWhen(true, nameof(Spec), nameof(Plan))]
    public bool IsValid => Spec is not null && Plan is not null;
}

using System.Diagnostics.CodeAnalysis;
using Trainyard.Specs.Findings;

namespace Trainyard.Specs.Planning;

/// <summary>What came of planning a network: all of it, or what comes before the first layer that does not fit.</summary>
internal sealed record PlanAttempt
{
    /// <summary>The network; without the broken layer and everything behind it where there is one.</summary>
    public required ModelPlan Plan { get; init; }

    /// <summary>The layer that does not fit; null when all do.</summary>
    public required BrokenLayer? Broken { get; init; }

    /// <summary>Why it does not fit; null when all do.</summary>
    public required SpecFinding? Problem { get; init; }

    /// <summary>Whether the whole network is planned.</summary>
    [MemberNotNullWhen(false, nameof(Broken), nameof(Problem))]
    public bool IsWhole => Problem is null;
}

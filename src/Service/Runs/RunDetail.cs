using System.Diagnostics.CodeAnalysis;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Runs;

/// <summary>A run with its spec, network and attempts.</summary>
public sealed record RunDetail : RunSummary
{
    /// <summary>Extends a summary.</summary>
    /// <param name="summary">The run.</param>
    /// <param name="spec">Its spec.</param>
    /// <param name="specSha256">SHA-256 of the canonical spec.</param>
    /// <param name="plan">The network of the spec.</param>
    /// <param name="attempts">Its attempts, oldest first.</param>
    [SetsRequiredMembers]
    public RunDetail(RunSummary summary, ExperimentSpec spec, string specSha256, ModelPlan plan, IReadOnlyList<AttemptEntry> attempts)
        : base(summary)
    {
        Spec = spec;
        SpecSha256 = specSha256;
        Layers = LayerTable.Rows(plan);
        Parameters = plan.Parameters;
        Attempts = attempts;
        Actions = RunActions.Of(summary.State, summary.CancelRequested, summary.Epochs);
    }

    /// <summary>The spec, with every default filled in.</summary>
    public ExperimentSpec Spec { get; }

    /// <summary>SHA-256 of the canonical spec, 64 hexadecimal digits: equal specs have equal hashes.</summary>
    public string SpecSha256 { get; }

    /// <summary>The layer table.</summary>
    public IReadOnlyList<LayerRow> Layers { get; }

    /// <summary>Learned numbers.</summary>
    public long Parameters { get; }

    /// <summary>Attempts, oldest first.</summary>
    public IReadOnlyList<AttemptEntry> Attempts { get; }

    /// <summary>What a person wants to remember about it.</summary>
    public string Notes { get; init; } = "";

    /// <summary>The run that it was made from; null: it was submitted by itself.</summary>
    public RunParent? Parent { get; init; }

    /// <summary>Runs that were made from it, oldest first, at most 100.</summary>
    public IReadOnlyList<RunChild> Children { get; init; } = [];

    /// <summary>What can be done to it now, and why not the rest.</summary>
    public RunActions Actions { get; }
}

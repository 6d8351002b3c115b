using System.Text.Json.Serialization;
using Trainyard.Specs.Json;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Stopping;

/// <summary>Early stopping of a study's trials.</summary>
public sealed record StoppingRule
{
    /// <summary>The rule.</summary>
    public required StoppingRuleName Name { get; init; }

    /// <summary>Epochs before the first decision about a trial, r in the papers; default 1.</summary>
    [Number(1, 10_000)]
    public int? MinimumEpochs { get; init; }

    /// <summary>Of <c>asha</c> and <c>successive_halving</c>: one of this many trials is promoted, eta in the papers; default 3.</summary>
    [Number(2, 100)]
    public int? ReductionFactor { get; init; }

    /// <summary>Of <c>asha</c> and <c>successive_halving</c>: rungs to leave out at the bottom, s in the papers; default 0.</summary>
    [Number(0, 20)]
    public int? EarlyStoppingRate { get; init; }

    /// <summary>Of <c>successive_halving</c>: trials that are halved together; default: all.</summary>
    [Number(2, 100_000)]
    public int? BracketTrials { get; init; }

    /// <summary>Of <c>median</c>: completed trials before the first decision; default 5.</summary>
    [Number(1, 100_000)]
    public int? MinimumTrials { get; init; }

    /// <summary>The reduction factor in force.</summary>
    [JsonIgnore]
    public int Factor => ReductionFactor ?? 3;

    /// <summary>Of <c>median</c>: the completed trials in force before the first decision.</summary>
    [JsonIgnore]
    public int CompletedBefore => MinimumTrials ?? 5;

    /// <summary>The policy.</summary>
    /// <param name="goal">Goal of the study's metric.</param>
    /// <param name="maximumEpochs">Length of training, R in the papers.</param>
    /// <param name="plannedTrials">Trials of the study.</param>
    public IStoppingPolicy CreatePolicy(MetricGoal goal, int maximumEpochs, int plannedTrials)
    {
        var rungs = Rungs.Of(MinimumEpochs ?? 1, Factor, EarlyStoppingRate ?? 0, maximumEpochs);
        return Name switch
        {
            StoppingRuleName.Asha => new AshaPolicy(goal, rungs, Factor),
            StoppingRuleName.SuccessiveHalving => new SuccessiveHalvingPolicy(goal, rungs, Factor, BracketTrials ?? Math.Max(1, plannedTrials), plannedTrials),
            _ => new MedianPolicy(goal, MinimumEpochs ?? 1, CompletedBefore),
        };
    }
}

/// <summary>Name of a rule of early stopping.</summary>
public enum StoppingRuleName
{
    /// <summary>Asynchronous successive halving (Li et al., 2020).</summary>
    Asha,

    /// <summary>Synchronous successive halving (Jamieson, Talwalkar, 2016).</summary>
    SuccessiveHalving,

    /// <summary>Median stopping (Golovin et al., 2017).</summary>
    Median,
}

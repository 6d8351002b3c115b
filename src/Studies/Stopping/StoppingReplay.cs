using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Stopping;

/// <summary>What a stopping rule would have done with trials that were trained in full.</summary>
public sealed record StoppingReplayResult
{
    /// <summary>Epochs that were trained.</summary>
    public required int Epochs { get; init; }

    /// <summary>Epochs that the rule would have trained.</summary>
    public required int EpochsWithRule { get; init; }

    /// <summary>Number of the best trial; null when none has completed.</summary>
    public required int? Best { get; init; }

    /// <summary>Number of the best trial that the rule would have completed; null when it would have completed none.</summary>
    public required int? BestWithRule { get; init; }

    /// <summary>How much worse that trial is than the best, in the unit of the metric; 0 when the rule keeps the best; null without both.</summary>
    public required double? Loss { get; init; }

    /// <summary>The trials, by number.</summary>
    public required IReadOnlyList<ReplayedTrial> Trials { get; init; }
}

/// <summary>A trial in a replay.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Epochs">Epochs that it would have been trained.</param>
/// <param name="State"><see cref="TrialState.Completed"/>, or <see cref="TrialState.Stopped"/> by the rule.</param>
public sealed record ReplayedTrial(int Number, int Epochs, TrialState State);

/// <summary>
/// Replays stored curves under a stopping rule. Trials start in the order of their numbers, and every epoch takes the same time: with several slots the decisions
/// depend on the order in which epochs end.
/// </summary>
public static class StoppingReplay
{
    /// <summary>Replays the completed trials.</summary>
    /// <param name="trials">The trials; those that have not completed are left out, since the rest of their curve is unknown.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="goal">Goal of the metric.</param>
    /// <param name="maximumEpochs">Length of training.</param>
    /// <param name="slots">Trials that run at the same time.</param>
    public static StoppingReplayResult Run(IReadOnlyList<TrialResult> trials, StoppingRule rule, MetricGoal goal, int maximumEpochs, int slots = 1)
    {
        TrialResult[] recorded =
            [.. trials.Where(trial => trial is { State: TrialState.Completed, Value: not null, Curve.Count: > 0 }).OrderBy(trial => trial.Number)];
        var policy = rule.CreatePolicy(goal, maximumEpochs, recorded.Length);
        var replayed = Replay(recorded, policy, slots);
        var best = recorded.MinBy(trial => goal.Loss(trial.Value!.Value));
        var kept = recorded.Zip(replayed).Where(pair => pair.Second.State == TrialState.Completed).Select(pair => pair.First).MinBy(trial => goal.Loss(trial.Value!.Value));
        return new StoppingReplayResult
        {
            Epochs = recorded.Sum(trial => trial.Epochs),
            EpochsWithRule = replayed.Sum(trial => trial.Epochs),
            Best = best?.Number,
            BestWithRule = kept?.Number,
            Loss = best is not null && kept is not null ? Math.Abs(best.Value!.Value - kept.Value!.Value) : null,
            Trials =
            [
                .. recorded.Zip(replayed, (trial, result) => new ReplayedTrial(
                    trial.Number, result.Epochs, result.State == TrialState.Completed ? TrialState.Completed : TrialState.Stopped)),
            ],
        };
    }

    // The policy sees the trials by their place among the recorded ones: brackets have no gaps.
    private static List<TrialResult> Replay(TrialResult[] recorded, IStoppingPolicy policy, int slots)
    {
        List<TrialResult> trials = [];
        var running = new PriorityQueue<int, (int Time, int Started)>();
        var (clock, started) = (0, 0);
        while (true)
        {
            while (running.Count < slots && Next() is { } next)
            {
                running.Enqueue(next, (clock + 1, started++));
            }

            if (!running.TryDequeue(out var place, out var end))
            {
                return trials;
            }

            clock = end.Time;
            var reported = trials[place].Curve.Count + 1;
            trials[place] = trials[place] with { Curve = [.. recorded[place].Curve.Take(reported)] };
            if (reported == recorded[place].Curve.Count)
            {
                trials[place] = trials[place] with { State = TrialState.Completed, Value = recorded[place].Value };
                continue;
            }

            switch (policy.Decide(trials, place))
            {
                case TrialDecision.Continue:
                    running.Enqueue(place, (clock + 1, end.Started));
                    break;
                case TrialDecision.Pause:
                    trials[place] = trials[place] with { State = TrialState.Paused };
                    break;
                default:
                    trials[place] = trials[place] with { State = TrialState.Stopped };
                    break;
            }
        }

        int? Next()
        {
            if (policy.Promote(trials) is { } promoted)
            {
                trials[promoted] = trials[promoted] with { State = TrialState.Running };
                return promoted;
            }

            if (trials.Count == recorded.Length)
            {
                return null;
            }

            trials.Add(recorded[trials.Count] with { Number = trials.Count, State = TrialState.Running, Curve = [], Value = null });
            return trials.Count - 1;
        }
    }
}

using Trainyard.Studies.Space;
using Trainyard.Studies.Stopping;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Tests.Stopping;

public sealed class StoppingPolicyTests
{
    private static readonly Assignment Nothing = new([]);

    // Each job as trial.rung. Made with the algorithm 2 of Li et al., 2020, written out in Python line by line (eta 3, r 1, R 27, s 0; 30 trials with the loss
    // (37 t + 11 k (t mod 4)) mod 41 of trial t at rung k; a job takes its epochs):
    //   for k in (2, 1, 0):
    //       top = sorted(rungs[k], key=lambda t: (loss(t, k), t))[:len(rungs[k]) // 3]
    //       promotable = [t for t in top if t not in promoted[k]]
    //       if promotable: promoted[k].add(promotable[0]); return promotable[0], k + 1
    //   if new < trials: new += 1; return new - 1, 0
    [Theory]
    [InlineData(1,
        "0.0 1.0 2.0 0.1 3.0 4.0 5.0 5.1 6.0 6.1 0.2 7.0 7.1 8.0 8.1 9.0 9.1 7.2 10.0 10.1 11.0 12.0 13.0 14.0 15.0 16.0 17.0 17.1 18.0 18.1 8.2 0.3 19.0 19.1 20.0 20.1 20.2 "
        + "21.0 22.0 23.0 24.0 25.0 26.0 27.0 28.0 28.1 29.0 29.1")]
    [InlineData(4,
        "0.0 1.0 2.0 3.0 4.0 5.0 0.1 6.0 7.0 5.1 6.1 8.0 7.1 9.0 0.2 8.1 10.0 9.1 11.0 10.1 7.2 12.0 13.0 14.0 15.0 16.0 17.0 18.0 19.0 17.1 18.1 19.1 20.0 21.0 8.2 22.0 20.1 "
        + "23.0 24.0 25.0 26.0 20.2 27.0 28.0 29.0 28.1 29.1 0.3")]
    public void Asha_OnAScriptedTable_GivesTheJobsOfThePapersAlgorithm(int slots, string expected)
    {
        var policy = new StoppingRule { Name = StoppingRuleName.Asha }.CreatePolicy(MetricGoal.Minimize, 27, 30);
        int[] ends = [.. policy.Rungs, 27];
        Assert.Equal([1, 3, 9, 27], ends);
        List<string> jobs = [];
        List<TrialResult> trials = [];
        var running = new PriorityQueue<(int Trial, int Rung), (int Time, int Job)>();
        var clock = 0;
        while (true)
        {
            while (running.Count < slots && NextTrial() is { } next)
            {
                var rung = Array.FindIndex(ends, epoch => epoch > trials[next].Epochs);
                jobs.Add($"{next}.{rung}");
                running.Enqueue((next, rung), (clock + ends[rung] - trials[next].Epochs, jobs.Count));
            }

            if (!running.TryDequeue(out var job, out var end))
            {
                break;
            }

            clock = end.Time;
            Report(job.Trial, job.Rung);
        }

        Assert.Equal(expected, string.Join(' ', jobs));

        int? NextTrial()
        {
            if (policy.Promote(trials) is { } promoted)
            {
                trials[promoted] = trials[promoted] with { State = TrialState.Running };
                return promoted;
            }

            if (trials.Count == 30)
            {
                return null;
            }

            trials.Add(new TrialResult { Number = trials.Count, Assignment = Nothing, State = TrialState.Running });
            return trials.Count - 1;
        }

        void Report(int number, int rung)
        {
            var loss = ((37 * number) + (11 * rung * (number % 4))) % 41;
            trials[number] = trials[number] with { Curve = [.. trials[number].Curve, new IntermediateValue(ends[rung], loss)] };
            var isLast = ends[rung] == 27;
            Assert.Equal(isLast ? TrialDecision.Continue : TrialDecision.Pause, policy.Decide(trials, number));
            trials[number] = trials[number] with { State = isLast ? TrialState.Completed : TrialState.Paused, Value = isLast ? loss : null };
        }
    }

    [Fact]
    public void Asha_TrialBetweenRungsOrDiverged_GoesOnOrEnds()
    {
        var policy = new StoppingRule { Name = StoppingRuleName.Asha, MinimumEpochs = 2, ReductionFactor = 2, EarlyStoppingRate = 1 }.CreatePolicy(MetricGoal.Maximize, 20, 10);

        Assert.Equal([4, 8, 16], policy.Rungs);
        Assert.Equal(TrialDecision.Continue, policy.Decide([Trial(0, TrialState.Running, 1, 2, 3)], 0));
        Assert.Equal(TrialDecision.Pause, policy.Decide([Trial(0, TrialState.Running, 1, 2, 3, 4)], 0));
        Assert.Equal(TrialDecision.Continue, policy.Decide([Trial(0, TrialState.Running, 1, 2, 3, 4, 5)], 0));
        Assert.Equal(TrialDecision.Stop, policy.Decide([Trial(0, TrialState.Running, 1, 2, 3, double.NaN)], 0));
    }

    [Fact]
    public void Asha_FailedAndDivergedTrials_CountInTheirRungAndAreNotPromoted()
    {
        var policy = new StoppingRule { Name = StoppingRuleName.Asha }.CreatePolicy(MetricGoal.Maximize, 27, 10);
        var good = Trial(0, TrialState.Paused, 0.5);
        var diverged = Trial(1, TrialState.Stopped, double.NaN);
        var failed = Trial(2, TrialState.Failed);

        Assert.Null(policy.Promote([good, diverged]));
        Assert.Equal(0, policy.Promote([good, diverged, failed]));
        Assert.Null(policy.Promote([good, diverged, failed with { IsCancelled = true }]));
        Assert.Null(policy.Promote([diverged, failed, Trial(3, TrialState.Failed)]));

        // After the first rung a trial counts in the second one.
        var late = Trial(2, TrialState.Failed, 0.7, 0.6);
        Assert.Null(policy.Promote([Trial(0, TrialState.Running, 0.5), Trial(1, TrialState.Paused, 0.4), late]));
        Assert.Equal(0, policy.Promote([Trial(0, TrialState.Paused, 0.5, 0.5, 0.5), late, late with { Number = 3 }]));
    }

    [Fact]
    public void SuccessiveHalving_ABracket_WaitsForAllThenPromotesTheBest()
    {
        var policy = new StoppingRule { Name = StoppingRuleName.SuccessiveHalving, ReductionFactor = 2, BracketTrials = 4 }.CreatePolicy(MetricGoal.Minimize, 4, 6);
        TrialResult[] three = [Trial(0, TrialState.Paused, 0.4), Trial(1, TrialState.Paused, 0.1), Trial(2, TrialState.Paused, 0.3)];
        Assert.Null(policy.Promote(three));
        Assert.Null(policy.Promote([.. three, Trial(3, TrialState.Running)]));

        // The fourth fails: it counts as having reached the rung, behind the others.
        Assert.Equal(1, policy.Promote([.. three, Trial(3, TrialState.Failed)]));
        TrialResult[] all = [Trial(0, TrialState.Paused, 0.4), Trial(1, TrialState.Running, 0.1), Trial(2, TrialState.Paused, 0.3), Trial(3, TrialState.Paused, 0.5)];
        Assert.Equal(2, policy.Promote(all));
        all[2] = Trial(2, TrialState.Paused, 0.3, 0.2);
        Assert.Null(policy.Promote(all));
        all[1] = Trial(1, TrialState.Paused, 0.1, 0.25);
        Assert.Equal(2, policy.Promote(all));
        all[2] = Trial(2, TrialState.Completed, 0.3, 0.2, 0.2, 0.2);
        Assert.Null(policy.Promote(all));

        // The second bracket has the two trials that are left.
        Assert.Null(policy.Promote([.. all, Trial(4, TrialState.Paused, 0.9)]));
        Assert.Equal(5, policy.Promote([.. all, Trial(4, TrialState.Paused, 0.9), Trial(5, TrialState.Paused, 0.8)]));
    }

    [Theory]
    [InlineData(MetricGoal.Minimize, 1)]
    [InlineData(MetricGoal.Maximize, -1)]
    public void Median_TrialWorseThanTheMedianOfRunningMeans_Ends(MetricGoal goal, int sign)
    {
        var policy = new StoppingRule { Name = StoppingRuleName.Median, MinimumEpochs = 2, MinimumTrials = 3 }.CreatePolicy(goal, 10, 10);

        // Means up to epoch 2: 0.5, 0.7, 0.9.
        TrialResult[] completed =
        [
            Trial(0, TrialState.Completed, 0.6 * sign, 0.4 * sign, 0.1 * sign), Trial(1, TrialState.Completed, 0.8 * sign, 0.6 * sign, 0.1 * sign),
            Trial(2, TrialState.Completed, 1.0 * sign, 0.8 * sign, 0.1 * sign), Trial(3, TrialState.Stopped, 9 * sign),
        ];
        Assert.Equal(TrialDecision.Continue, policy.Decide([.. completed, Trial(4, TrialState.Running, 5 * sign)], 4));
        Assert.Equal(TrialDecision.Continue, policy.Decide([.. completed, Trial(4, TrialState.Running, 0.7 * sign, 5 * sign)], 4));
        Assert.Equal(TrialDecision.Stop, policy.Decide([.. completed, Trial(4, TrialState.Running, 0.71 * sign, 5 * sign)], 4));
        Assert.Equal(TrialDecision.Continue, policy.Decide([.. completed[..2], Trial(4, TrialState.Running, 0.71 * sign, 5 * sign)], 4));
    }

    [Fact]
    public void Median_DivergedTrials_AreTheWorstAndNeverGoOn()
    {
        var policy = new StoppingRule { Name = StoppingRuleName.Median, MinimumTrials = 3 }.CreatePolicy(MetricGoal.Minimize, 10, 10);
        TrialResult[] completed = [Trial(0, TrialState.Completed, 0.5, 0.5), Trial(1, TrialState.Completed, double.NaN, double.NaN), Trial(2, TrialState.Completed, 0.9, double.NaN)];

        // Means up to epoch 2: 0.5, and two that are not finite.
        Assert.Equal(TrialDecision.Continue, policy.Decide([.. completed, Trial(3, TrialState.Running, 8, 8)], 3));
        Assert.Equal(TrialDecision.Stop, policy.Decide([.. completed, Trial(3, TrialState.Running, 0.1, double.NaN)], 3));
    }

    // A trial that reported these values after its first epochs.
    private static TrialResult Trial(int number, TrialState state, params double[] values) => new()
    {
        Number = number,
        Assignment = Nothing,
        State = state,
        Curve = [.. values.Select((value, index) => new IntermediateValue(index + 1, value))],
        Value = state == TrialState.Completed ? values[^1] : null,
    };
}

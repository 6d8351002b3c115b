using Trainyard.Studies.Space;
using Trainyard.Studies.Stopping;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Tests.Stopping;

public sealed class StoppingReplayTests
{
    // Losses after epochs 1 to 9. With eta 3 the rungs are 1 and 3. In order, one at a time: of trials 0, 1, 2 the best at rung 1 is 2, then at rung 3 it waits for two
    // more; 5 beats it at the first rung, and 8 at both.
    private static readonly TrialResult[] Nine = [.. new double[] { 0.9, 0.8, 0.5, 0.85, 0.7, 0.4, 0.95, 0.75, 0.3 }.Select((loss, number) => Trial(number, loss, 9))];

    [Fact]
    public void Asha_OneSlot_SavesTheEpochsOfTheWorseTrials()
    {
        var replay = StoppingReplay.Run(Nine, new StoppingRule { Name = StoppingRuleName.Asha }, MetricGoal.Minimize, 9);

        // 9 trials of one epoch; 2, 5 and 8 go on to 3; the best of them, 8, to the end.
        Assert.Equal((81, 9 + (3 * 2) + 6), (replay.Epochs, replay.EpochsWithRule));
        Assert.Equal([1, 1, 3, 1, 1, 3, 1, 1, 9], replay.Trials.Select(trial => trial.Epochs));
        Assert.Equal((8, 8, 0), (replay.Best, replay.BestWithRule, replay.Loss));
        Assert.Equal([8], replay.Trials.Where(trial => trial.State == TrialState.Completed).Select(trial => trial.Number));
    }

    [Fact]
    public void SuccessiveHalving_OfTrialsWithGaps_CountsThoseThatCompleted()
    {
        TrialResult[] trials = [Nine[0], Nine[1] with { State = TrialState.Failed, Value = null }, Nine[2], Nine[5], Nine[8] with { State = TrialState.Running, Value = null }];

        var replay = StoppingReplay.Run(trials, new StoppingRule { Name = StoppingRuleName.SuccessiveHalving }, MetricGoal.Minimize, 9, slots: 2);

        Assert.Equal([(0, 1), (2, 1), (5, 3)], replay.Trials.Select(trial => (trial.Number, trial.Epochs)));
        Assert.Equal((27, 5, 5, (int?)null), (replay.Epochs, replay.EpochsWithRule, replay.Best, replay.BestWithRule));
    }

    [Fact]
    public void Median_StopsALateBloomer_AndSaysWhatThatCosts()
    {
        TrialResult[] trials = [.. Enumerable.Range(0, 3).Select(number => Trial(number, 0.5, 4)), Trial(3, 0.6, 4) with { Value = 0.1 }];

        var replay = StoppingReplay.Run(trials, new StoppingRule { Name = StoppingRuleName.Median, MinimumTrials = 3, MinimumEpochs = 2 }, MetricGoal.Minimize, 4);

        Assert.Equal((16, 14), (replay.Epochs, replay.EpochsWithRule));
        Assert.Equal((3, 0), (replay.Best, replay.BestWithRule));
        Assert.Equal(0.4, replay.Loss!.Value, 12);
    }

    private static TrialResult Trial(int number, double loss, int epochs) => new()
    {
        Number = number,
        Assignment = new Assignment([]),
        State = TrialState.Completed,
        Curve = [.. Enumerable.Range(1, epochs).Select(epoch => new IntermediateValue(epoch, loss))],
        Value = loss,
    };
}

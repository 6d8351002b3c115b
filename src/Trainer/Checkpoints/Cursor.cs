using Trainyard.Specs.Schedules;
using Trainyard.Trainer.Diagnosis;

namespace Trainyard.Trainer.Checkpoints;

/// <summary>Where a run stands between two steps: everything besides tensors that it needs to go on as if it had never ended.</summary>
internal sealed record Cursor
{
    /// <summary>Complete epochs.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates done in the epoch in work.</summary>
    public required int StepInEpoch { get; init; }

    /// <summary>Updates since the run began.</summary>
    public required long Step { get; init; }

    /// <summary>Sum of the training losses of the epoch in work, one per sample.</summary>
    public required double LossSum { get; init; }

    /// <summary>Training samples of the epoch in work that were classified correctly.</summary>
    public required long Correct { get; init; }

    /// <summary>Epoch with the best validation accuracy so far, from 1; null: none yet.</summary>
    public required int? BestEpoch { get; init; }

    /// <summary>The best validation accuracy so far.</summary>
    public required double? BestAccuracy { get; init; }

    /// <summary>Seconds of training so far, over all attempts that count.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Seconds spent in the epoch in work so far.</summary>
    public required double EpochSeconds { get; init; }

    /// <summary>What a plateau schedule has seen so far; null for every other schedule, and before the first epoch.</summary>
    public PlateauState? Plateau { get; init; }

    /// <summary>What early stopping has seen so far; null without it, and before the first epoch.</summary>
    public StoppingState? Stopping { get; init; }

    /// <summary>What the diagnosis remembers; null before the first epoch.</summary>
    public DiagnosisState? Diagnosis { get; init; }

    /// <summary>The beginning of a run.</summary>
    public static Cursor Start { get; } = new()
    {
        Epoch = 0,
        StepInEpoch = 0,
        Step = 0,
        LossSum = 0,
        Correct = 0,
        BestEpoch = null,
        BestAccuracy = null,
        ElapsedSeconds = 0,
        EpochSeconds = 0,
    };
}

using Trainyard.Specs.Events;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Training;

/// <summary>Training time of a run and of its current epoch, over all attempts that count.</summary>
internal sealed class TrainingClock(TimeProvider time, double? limitSeconds)
{
    private long attemptStart;
    private long epochStart;

    /// <summary>Begins an attempt.</summary>
    public void Start() => attemptStart = epochStart = time.GetTimestamp();

    /// <summary>Begins an epoch.</summary>
    public void StartEpoch() => epochStart = time.GetTimestamp();

    public TimeSpan Elapsed(Cursor cursor) => TimeSpan.FromSeconds(cursor.ElapsedSeconds) + time.GetElapsedTime(attemptStart);

    public double EpochSeconds(Cursor cursor) => cursor.EpochSeconds + time.GetElapsedTime(epochStart).TotalSeconds;

    /// <summary>Whether the time limit of the spec has passed.</summary>
    public bool IsOver(Cursor cursor) => Elapsed(cursor).TotalSeconds > limitSeconds;

    /// <summary>The failure of a run whose time limit has passed.</summary>
    public RunFailureException Exceeded(Cursor cursor, int epochs) => new(
        FailureClass.Timeout, RunMessageCode.TimeLimitExceeded, [("limitSeconds", limitSeconds), ("epochsDone", cursor.Epoch), ("epochs", epochs)]);
}

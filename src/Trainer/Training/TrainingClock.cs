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

    // Checks the time limit of the spec. Throws RunFailureException: it has passed.
    public void CheckLimit(Cursor cursor, int epochs)
    {
        if (limitSeconds is { } limit && Elapsed(cursor).TotalSeconds > limit)
        {
            throw new RunFailureException(
                FailureClass.Timeout,
                RunMessageCode.TimeLimitExceeded,
                [("limitSeconds", limit), ("epochsDone", cursor.Epoch), ("epochs", epochs)]);
        }
    }
}

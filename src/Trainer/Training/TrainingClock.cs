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

    /// <summary>Time of training so far.</summary>
    /// <param name="cursor">Holds what earlier attempts took.</param>
    public TimeSpan Elapsed(Cursor cursor) => TimeSpan.FromSeconds(cursor.ElapsedSeconds) + time.GetElapsedTime(attemptStart);

    /// <summary>Seconds in the current epoch so far.</summary>
    /// <param name="cursor">Holds what earlier attempts took.</param>
    public double EpochSeconds(Cursor cursor) => cursor.EpochSeconds + time.GetElapsedTime(epochStart).TotalSeconds;

    /// <summary>Checks the time limit of the spec.</summary>
    /// <param name="cursor">The position of the run.</param>
    /// <param name="epochs">Epochs of the run.</param>
    /// <exception cref="RunFailureException">It has passed.</exception>
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

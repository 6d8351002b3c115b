using Trainyard.Specs.Events;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Training;

/// <summary>Writes progress events: one after the first step of an attempt, then at most four a second.</summary>
internal sealed class ProgressReporter(EventWriter events, TimeProvider time, long totalSteps)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private Meter.Reading last = new(0, 0, 0);
    private long lastTime;
    private bool hasReported;
    private long paceStep;
    private long paceTime;

    /// <summary>Restarts the count: at the start of an epoch, or where a resumed one continues.</summary>
    public void Restart(Meter.Reading from)
    {
        last = from;
        lastTime = time.GetTimestamp();
    }

    public bool IsDue => !hasReported || time.GetElapsedTime(lastTime) >= Interval;

    // epoch: The current epoch, from 1.
    public void Report(int epoch, long step, Meter.Reading sums, TimeSpan elapsed)
    {
        var now = time.GetTimestamp();
        var news = sums.Since(last);
        events.Write(new ProgressEvent
        {
            Epoch = epoch,
            Step = step,
            TotalSteps = totalSteps,
            TrainLoss = EventWriter.Finite(news.Loss),
            TrainAccuracy = EventWriter.Finite(news.Accuracy),
            ImagesPerSecond = EventWriter.Finite(news.Samples / time.GetElapsedTime(lastTime, now).TotalSeconds) ?? 0,
            ElapsedSeconds = elapsed.TotalSeconds,
            RemainingSeconds = Remaining(step, now),
        });
        last = sums;
        lastTime = now;
        hasReported = true;
    }

    // The first step of an attempt is slow (memory is touched, kernels are prepared), so the pace is taken from what follows it.
    private double? Remaining(long step, long now)
    {
        if (!hasReported)
        {
            (paceStep, paceTime) = (step, now);
            return null;
        }

        return step > paceStep ? time.GetElapsedTime(paceTime, now).TotalSeconds / (step - paceStep) * (totalSteps - step) : null;
    }
}

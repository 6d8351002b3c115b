using Trainyard.Specs.Events;

namespace Trainyard.Service.Store;

/// <summary>The progress columns that a batch of events changes; null: unchanged.</summary>
internal sealed record RunProgress
{
    public int? Epoch { get; private init; }

    public long? Step { get; private init; }

    public long? TotalSteps { get; private init; }

    public double? ImagesPerSecond { get; private init; }

    public double? ElapsedSeconds { get; private init; }

    /// <summary>Null with <see cref="KnowsRemaining"/>: unknown.</summary>
    public double? RemainingSeconds { get; private init; }

    /// <summary>Whether the batch changes <see cref="RemainingSeconds"/>.</summary>
    public bool KnowsRemaining { get; private init; }

    /// <summary>Step of the newest checkpoint; null without one.</summary>
    public long? CheckpointStep { get; private init; }

    /// <summary>Folds events, oldest first.</summary>
    public static RunProgress Of(IEnumerable<RunEvent> events) => events.Aggregate(new RunProgress(), (progress, next) => next switch
    {
        StartedEvent started => progress with
        {
            Step = started.ResumedFromStep,
            TotalSteps = (long)started.StepsPerEpoch * started.Epochs,
            Epoch = started.StepsPerEpoch > 0
                ? (int)Math.Min(started.Epochs, (started.ResumedFromStep / started.StepsPerEpoch) + 1)
                : null,
            RemainingSeconds = null,
            KnowsRemaining = true,
        },
        ProgressEvent at => progress with
        {
            Epoch = at.Epoch,
            Step = at.Step,
            TotalSteps = at.TotalSteps,
            ImagesPerSecond = at.ImagesPerSecond,
            ElapsedSeconds = at.ElapsedSeconds,
            RemainingSeconds = at.RemainingSeconds,
            KnowsRemaining = true,
        },
        EpochEvent epoch => progress with
        {
            Epoch = epoch.Epoch,
            Step = epoch.Step,
            ImagesPerSecond = epoch.ImagesPerSecond,
            ElapsedSeconds = epoch.ElapsedSeconds,
        },
        CheckpointEvent checkpoint => progress with { CheckpointStep = checkpoint.Step },
        FinishedEvent finished => progress with
        {
            Step = finished.Steps,
            ElapsedSeconds = finished.Seconds,
            RemainingSeconds = 0,
            KnowsRemaining = true,
        },
        StoppedEvent or FailedEvent => progress with { RemainingSeconds = null, KnowsRemaining = true },
        _ => progress,
    });
}

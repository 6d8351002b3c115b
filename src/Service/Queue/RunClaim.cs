namespace Trainyard.Service.Queue;

/// <summary>A run that this worker holds. Every later write names <see cref="Attempt"/>, so a worker that lost its lease can write nothing.</summary>
internal sealed record RunClaim
{
    public required Guid RunId { get; init; }

    /// <summary>Number of this claim, from 1: the fencing token.</summary>
    public required int Attempt { get; init; }

    public required string Worker { get; init; }

    /// <summary>The canonical spec, as JSON.</summary>
    public required string Spec { get; init; }

    /// <summary>File in the run's folder with the initial weights; null when they are drawn from the seed.</summary>
    public string? Weights { get; init; }

    /// <summary>Step of the newest checkpoint among the run's stored events, 0 without any; null for a first attempt.</summary>
    public long? KnownStep { get; init; }

    /// <summary>Floating-point operations of an update, as far as the row tells; infinity for a run on a GPU.</summary>
    public double StepFlops { get; init; }

    public bool UsesGpu => double.IsPositiveInfinity(StepFlops);

    /// <summary>Whether an attempt before ended without a checkpoint, for whatever reason.</summary>
    public bool IsRepeated => Attempt > 1 && KnownStep is not > 0;

    // Local monotonic timestamp taken before the claim was sent. In the database the lease lasts at least until this plus its length, so a worker that stops by
    // then stops before the run can be claimed again.
    public required long SentAt { get; init; }
}

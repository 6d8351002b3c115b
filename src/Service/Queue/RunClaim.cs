namespace Trainyard.Service.Queue;

/// <summary>A run that this worker holds. Every later write names <see cref="Attempt"/>, so a worker that lost its lease can write nothing.</summary>
internal sealed record RunClaim
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Number of this claim, from 1: the fencing token.</summary>
    public required int Attempt { get; init; }

    /// <summary>The worker that holds the run.</summary>
    public required string Worker { get; init; }

    /// <summary>Transient failures before this attempt.</summary>
    public required int FailedAttempts { get; init; }

    /// <summary>The canonical spec, as JSON.</summary>
    public required string Spec { get; init; }

    /// <summary>File in the run's folder whose weights training starts from; null: they are drawn from the seed.</summary>
    public string? Weights { get; init; }

    /// <summary>Step of the newest checkpoint that an event of the run tells of, 0 when none does; null for a first attempt.</summary>
    public long? KnownStep { get; init; }

    /// <summary>
    /// Local monotonic timestamp taken before the claim was sent; the lease in the database runs at least until this plus its length, so
    /// whoever stops at that moment stops before anybody else can claim the run.
    /// </summary>
    public required long SentAt { get; init; }
}

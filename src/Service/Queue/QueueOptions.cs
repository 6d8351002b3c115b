using System.ComponentModel.DataAnnotations;

namespace Trainyard.Service.Queue;

/// <summary>Settings of claims, leases and retries: configuration section <c>Queue</c>. Every process of one installation must use the same.</summary>
internal sealed class QueueOptions
{
    public const string Section = "Queue";

    // Seconds that a claim lasts unless it is renewed: by each append, and by a timer after a third of it. It bounds how long a run stands still after its
    // worker was lost, and how long the database may be unreachable before a worker gives its run up: two thirds of it in the worst case. Default 30, from 3 to
    // 3,600.
    [Range(3.0, 3600.0)]
    public double LeaseSeconds { get; set; } = 30;

    // Attempts that may end in a transient failure (lost_worker, crashed) without progress before the run fails; a checkpoint at a step that none was at before
    // is progress, and the count begins anew. Default 3, from 1 to 100.
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Seconds until a run may be claimed again after its first transient failure; doubled for each further one. Default 2, from 0 to 3,600.</summary>
    [Range(0.0, 3600.0)]
    public double BackoffSeconds { get; set; } = 2;

    // Seconds between polls for claimable runs and expired leases at most: a notification, the end of a backoff and the end of a lease come before. It delays
    // only runs whose notification was lost. Default 15, from 0.05 to 60.
    [Range(0.05, 60.0)]
    public double PollSeconds { get; set; } = 15;

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    public TimeSpan Poll => TimeSpan.FromSeconds(PollSeconds);

    /// <summary>The wait before the next claim after something that is no failure of the run.</summary>
    public TimeSpan Backoff => TimeSpan.FromSeconds(BackoffSeconds);
}

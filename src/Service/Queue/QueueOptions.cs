using System.ComponentModel.DataAnnotations;

namespace Trainyard.Service.Queue;

/// <summary>Settings of claims, leases and retries: configuration section <c>Queue</c>. Every process of one installation must use the same.</summary>
internal sealed class QueueOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Queue";

    /// <summary>
    /// Seconds that a claim lasts unless it is renewed; renewed at a third of it. It bounds how long a run stands still after its worker
    /// died, and how long the database may be away before a worker gives its run up: two thirds of it in the worst case. Default 60, from 3
    /// to 3,600.
    /// </summary>
    [Range(3.0, 3600.0)]
    public double LeaseSeconds { get; set; } = 60;

    /// <summary>Attempts that may end in a transient failure (<c>lost_worker</c>, <c>crashed</c>) before the run fails. Default 3, from 1 to 100.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Seconds until a run may be claimed again after its first transient failure; doubled for each further one. Default 2, from 0 to 3,600.</summary>
    [Range(0.0, 3600.0)]
    public double BackoffSeconds { get; set; } = 2;

    /// <summary>Seconds between looks at the queue when no announcement arrives. Default 2, from 0.05 to 60.</summary>
    [Range(0.05, 60.0)]
    public double PollSeconds { get; set; } = 2;

    /// <summary>Seconds between looks for leases that ran out. Default 5, from 0.05 to 600.</summary>
    [Range(0.05, 600.0)]
    public double RescueSeconds { get; set; } = 5;

    /// <summary>
    /// Seconds that a worker may be without the connection that says that it lives, before its runs are put back; less than its lease, so that the
    /// runs of a dead worker go on soon. It has to be long enough to connect again after the database was restarted. Whether a process of the same
    /// machine is gone is known at once. Default 10, from 0.5 to 3,600.
    /// </summary>
    [Range(0.5, 3600.0)]
    public double SilenceSeconds { get; set; } = 10;

    /// <summary><see cref="LeaseSeconds"/> as a duration.</summary>
    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    /// <summary><see cref="PollSeconds"/> as a duration.</summary>
    public TimeSpan Poll => TimeSpan.FromSeconds(PollSeconds);

    /// <summary><see cref="RescueSeconds"/> as a duration.</summary>
    public TimeSpan Rescue => TimeSpan.FromSeconds(RescueSeconds);

    /// <summary><see cref="SilenceSeconds"/> as a duration.</summary>
    public TimeSpan Silence => TimeSpan.FromSeconds(SilenceSeconds);

    /// <summary>The wait before the next claim after a number of transient failures, at least 1.</summary>
    public TimeSpan Backoff(int failures) => TimeSpan.FromSeconds(BackoffSeconds * Math.Pow(2, Math.Min(failures, 16) - 1));
}

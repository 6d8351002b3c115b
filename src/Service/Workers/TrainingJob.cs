using Hangfire;

namespace Trainyard.Service.Workers;

/// <summary>The Hangfire job of a run. It carries the run's id and nothing else; a job that is delivered twice, or late, finds nothing to claim.</summary>
internal sealed class TrainingJob(RunWorker worker)
{
    // Trains the run if it can be claimed. Failures and retries belong to the run: the job succeeds whatever the end of the attempt. On the thread pool:
    // Hangfire runs the continuations of a job in a loop on its own thread, and leaves that loop when it aborts the job. The method takes no cancellation token
    // for the same reason: the lease decides how long an attempt lasts.
    [AutomaticRetry(Attempts = 0)]
    [JobDisplayName("Train run {0}")]
    public Task TrainAsync(Guid runId) => Task.Run(() => worker.TrainAsync(runId));
}

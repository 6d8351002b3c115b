using Hangfire;
using Trainyard.Service.Workers;

namespace Trainyard.Service.Queue.Hangfire;

/// <summary>The job: claims its run like any worker, trains it, and returns normally whatever became of it. Delivered twice, it does nothing.</summary>
internal sealed class HangfireJob(RunWorker worker, CancellationToken stopping)
{
    /// <summary>Trains a run. When the server stops or the job is deleted, the trainer writes a checkpoint and the run goes back.</summary>
    [AutomaticRetry(Attempts = 0)]
    public async Task TrainAsync(Guid runId, CancellationToken cancelled)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancelled);
        if (!stop.IsCancellationRequested && await worker.ClaimAsync(runId, CancellationToken.None) is { } claim)
        {
            await worker.TrainAsync(claim, stop.Token);
        }
    }

    internal sealed class Activator(RunWorker worker, CancellationToken stopping) : JobActivator
    {
        public override object ActivateJob(Type jobType) => new HangfireJob(worker, stopping);
    }
}

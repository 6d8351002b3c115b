using Hangfire;

namespace Trainyard.Service.Workers;

/// <summary>The job: claims its run like any worker, trains it, and returns normally whatever became of it. Delivered twice, it does nothing.</summary>
internal sealed class HangfireJob(RunWorker worker, CancellationToken stopping)
{
    /// <summary>Trains a run. When the server stops or the job is deleted, the trainer writes a checkpoint and the run goes back.</summary>
    /// <remarks>
    /// Apart from Hangfire's thread: that runs what follows an await itself, and no longer once the job is aborted, when it only waits for the end.
    /// </remarks>
    [AutomaticRetry(Attempts = 0)]
    public Task TrainAsync(Guid runId, CancellationToken cancelled) => Task.Run(() => TrainApartAsync(runId, cancelled), CancellationToken.None);

    private async Task TrainApartAsync(Guid runId, CancellationToken cancelled)
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

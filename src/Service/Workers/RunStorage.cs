using Microsoft.Extensions.Options;
using Trainyard.Service.Hosting;
using Trainyard.Service.Queue;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Workers;

// Whether the files of runs can be written. While they cannot, this process claims nothing and says why; a run that fails meanwhile goes back to the queue.
internal sealed partial class RunStorage(
    IOptions<ServiceOptions> service, IOptions<WorkerOptions> worker, TrainerStatus status, TimeProvider clock, ILogger<RunStorage> logger) : IDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    // A disk that is gone (a network file system) may block every access.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // A run that needs more space than is free waits, so that others are trained.
    private static readonly TimeSpan FullBackoff = TimeSpan.FromMinutes(1);

    private static readonly FailureClass[] Suspect = [FailureClass.Storage, FailureClass.Unsupported, FailureClass.Crashed];

    private readonly SemaphoreSlim one = new(1, 1);
    private Task<string?>? checking;

    /// <summary>Checks the data folder. Returns why it cannot be used; null if it can.</summary>
    public async Task<string?> CheckAsync()
    {
        await one.WaitAsync();
        try
        {
            var problem = await FindAsync();
            if (problem is null && !status.Current.IsReady)
            {
                LogUsable();
                status.SetReady();
            }
            else if (problem is not null && status.Current.Reason != problem)
            {
                LogUnusable(problem);
                status.SetUnavailable(problem);
            }

            return problem;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Waits until the data folder can be used; false: the service stops.</summary>
    public async Task<bool> WaitAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (await CheckAsync() is null)
            {
                return true;
            }

            await Task.Delay(Retry, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    /// <summary>The end of an attempt, which is no failure of the run where the data folder was the cause.</summary>
    public async Task<RunEnding> JudgeAsync(RunEnding ending)
    {
        if (ending.Failure is not { } failure || !Suspect.Contains(failure))
        {
            return ending;
        }

        return await CheckAsync() is { } problem ? RunEnding.Requeued("storage", RunReason.From(RunMessageCode.StorageUnavailable, ("detail", problem)))
            : ending.Reason is { Code: RunMessageCode.DiskFull } full ? RunEnding.Requeued("storage", full, FullBackoff)
            : ending;
    }

    /// <summary>Size of a run's files in bytes; null if it cannot be measured now.</summary>
    public async Task<long?> MeasureAsync(Guid runId)
    {
        var folder = new DirectoryInfo(DataFolder.OfRun(service.Value.DataPath, runId));
        try
        {
            return await Task.Run(() => folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)).WaitAsync(Patience, clock);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TimeoutException)
        {
            return null;
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<string?> FindAsync()
    {
        var (path, minimum) = (service.Value.DataPath, worker.Value.MinFreeMegabytes * 1_000_000L);
        try
        {
            // One that is still blocked is waited for again.
            return await (checking ??= Task.Run(() => DataFolder.FindProblem(path, minimum))).WaitAsync(Patience, clock);
        }
        catch (TimeoutException)
        {
            return $"The disk of {path} did not respond within {Patience.TotalSeconds:0} s.";
        }
        finally
        {
            checking = checking?.IsCompleted == true ? null : checking;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "This process claims no runs: {Reason}")]
    private partial void LogUnusable(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The data folder can be used again")]
    private partial void LogUsable();
}

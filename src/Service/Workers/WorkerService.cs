using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;

namespace Trainyard.Service.Workers;

/// <summary>
/// A process that trains: finds the trainer, asks it what it can do, says that it is there, and takes runs until the service stops. Without a
/// trainer it takes none, so that runs wait for a worker that can train them.
/// </summary>
internal sealed partial class WorkerService(
    TrainerLocation location,
    HangfireDispatcher dispatcher,
    NpgsqlDataSource dataSource,
    IServiceProvider services,
    IOptions<WorkerOptions> options,
    TimeProvider clock,
    ILogger<WorkerService> logger) : BackgroundService
{
    private static readonly TimeSpan TrainerRetry = TimeSpan.FromSeconds(10);

    private readonly WorkerOptions options = options.Value;

    /// <summary>Name of this worker, unique for each start of a process.</summary>
    public string Id { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.CreateVersion7().ToString("N")[^8..]}";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var (trainer, engine) = await FindTrainerAsync(stoppingToken);
            var worker = ActivatorUtilities.CreateInstance<RunWorker>(services, Id, trainer);
            LogReady(Id, options.Queues, worker.Slots, engine);

            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var life = new WorkerLock(Id, dataSource, clock, logger);
            var holding = life.HoldAsync(ended.Token);
            await life.Held.WaitAsync(stoppingToken);
            var beating = BeatAsync(engine, ended.Token);
            await dispatcher.DispatchAsync(worker, stoppingToken);
            await ended.CancelAsync();
            await beating;
            await holding;
            await UnregisterAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped before there was a trainer.
        }
    }

    private async Task<(string Trainer, string Engine)> FindTrainerAsync(CancellationToken stopping)
    {
        string? told = null;
        while (true)
        {
            if (location.Find(out var reason) is { } trainer)
            {
                try
                {
                    return (trainer, await TrainerInfo.AskAsync(trainer, stopping));
                }
                catch (Exception problem) when (problem is InvalidOperationException or TimeoutException or System.ComponentModel.Win32Exception)
                {
                    reason = problem.Message;
                }
            }

            if (reason != told)
            {
                LogNoTrainer(told = reason);
            }

            await Task.Delay(TrainerRetry, clock, stopping);
        }
    }

    private async Task BeatAsync(string engine, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await using var command = dataSource.CreateCommand(QueueSql.Register);
                command.Parameters.Add(new() { Value = Id });
                command.Parameters.Add(new() { Value = Environment.MachineName });
                command.Parameters.Add(new() { Value = options.QueueList.ToArray() });
                command.Parameters.Add(new() { Value = options.Slots });
                command.Parameters.Add(new() { Value = engine, NpgsqlDbType = NpgsqlDbType.Jsonb });
                command.Parameters.Add(new() { Value = Environment.ProcessId });
                await command.ExecuteNonQueryAsync(ended);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                LogNotSeen(StoreFailure.IsAway(problem) ? LogLevel.Debug : LogLevel.Error, problem.Message);
            }

            await Task.Delay(TimeSpan.FromSeconds(options.HeartbeatSeconds), clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task UnregisterAsync()
    {
        try
        {
            await using var command = dataSource.CreateCommand(QueueSql.Unregister);
            command.Parameters.Add(new() { Value = Id });
            command.CommandTimeout = 2;
            await command.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException problem)
        {
            // Its row goes when another worker leaves, a day later at the earliest.
            LogNotSeen(LogLevel.Debug, problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Id} takes runs of {Queues}, {Slots} at once; trainer: {Engine}")]
    private partial void LogReady(string id, string queues, int slots, string engine);

    [LoggerMessage(Level = LogLevel.Error, Message = "No run is trained by this process: {Reason}")]
    private partial void LogNoTrainer(string reason);

    [LoggerMessage(Message = "The worker's sign of life was not stored: {Problem}")]
    private partial void LogNotSeen(LogLevel level, string problem);
}

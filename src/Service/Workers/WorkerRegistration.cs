using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;

namespace Trainyard.Service.Workers;

/// <summary>The row of this process in the workers table: registered at the start, renewed by heartbeats, removed at the end.</summary>
internal sealed partial class WorkerRegistration(
    RunWorker worker, IOptions<TrainerOptions> trainer, RunQueue queue, RunStorage storage, NpgsqlDataSource dataSource, TimeProvider clock, ILogger<WorkerRegistration> logger)
{
    // Process ids are unique within one pid namespace; containers have their own. Null where the system has none.
    private static readonly string? PidNamespace = OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget : null;

    // Takes back the runs of workers whose process is dead: it ran on this host and in this pid namespace, and there is no such process any more. Their runs
    // continue at once instead of after their lease.
    public async Task TakeBackOfDeadProcessesAsync(CancellationToken cancellationToken)
    {
        if (PidNamespace is null)
        {
            return;
        }

        List<string> dead = [];
        await using (var command = dataSource.CreateCommand(QueueSql.WorkersOfHost))
        {
            command.Parameters.Add(new() { Value = Environment.MachineName });
            command.Parameters.Add(new() { Value = PidNamespace });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                if (!IsService(reader.GetInt32(1)))
                {
                    dead.Add(reader.GetString(0));
                }
            }
        }

        if (dead.Count > 0)
        {
            foreach (var (runId, attempt, state) in await queue.TakeBackOfWorkersAsync(dead, cancellationToken))
            {
                LogTakenBack(runId, attempt, state);
            }

            await DeregisterAsync(dead, cancellationToken);
        }
    }

    /// <summary>Registers this worker and sends heartbeats, each with the state of its storage, until <paramref name="ended"/>.</summary>
    public async Task HeartbeatAsync(string engine, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                var problem = await storage.CheckAsync();
                await using var command = dataSource.CreateCommand(QueueSql.Register);
                command.Parameters.Add(new() { Value = worker.Id });
                command.Parameters.Add(new() { Value = Environment.MachineName });
                command.Parameters.Add(new() { Value = worker.Options.QueueList.ToArray() });
                command.Parameters.Add(new() { Value = worker.Options.SlotCount });
                command.Parameters.Add(new() { Value = engine, NpgsqlDbType = NpgsqlDbType.Jsonb });
                command.Parameters.Add(new() { Value = Environment.ProcessId });
                command.Parameters.Add(new() { Value = (object?)PidNamespace ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
                command.Parameters.Add(new() { Value = (object?)problem ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
                command.Parameters.Add(new() { Value = TrainerMemory.Limit(trainer.Value, worker.Options.HasAutoSlots ? 1 : worker.Options.SlotCount) });
                await command.ExecuteNonQueryAsync(ended);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                LogNotStored(StoreFailure.IsUnavailable(exception) ? LogLevel.Debug : LogLevel.Error, exception.Message);
            }

            await Task.Delay(worker.Options.Heartbeat, clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task DeregisterAsync()
    {
        try
        {
            await DeregisterAsync([worker.Id], CancellationToken.None);
        }
        catch (NpgsqlException exception)
        {
            // Its row is removed when another worker deregisters, a day later at the earliest.
            LogNotStored(LogLevel.Debug, exception.Message);
        }
    }

    private async Task DeregisterAsync(List<string> workers, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(QueueSql.Deregister);
        command.Parameters.Add(new() { Value = workers.ToArray() });
        command.CommandTimeout = 2;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // A process id is reused sooner or later, so the process must be one of this program. A zombie has an empty command line.
    private static bool IsService(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline").Contains("Trainyard.Service", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception is UnauthorizedAccessException; // It exists, but belongs to another user.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The process that trained run {RunId}, attempt {Attempt}, is dead; the run is {State}")]
    private partial void LogTakenBack(Guid runId, int attempt, RunState state);

    [LoggerMessage(Message = "The heartbeat of this worker was not stored: {Reason}")]
    private partial void LogNotStored(LogLevel level, string reason);
}

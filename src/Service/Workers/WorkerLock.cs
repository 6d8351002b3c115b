using Npgsql;
using Trainyard.Service.Queue;

namespace Trainyard.Service.Workers;

/// <summary>
/// Holds the lock that says that a worker lives, on a connection that nothing else uses: the lock ends with the process, however that ends, and on
/// whichever machine. When the connection breaks, a new one takes the lock again.
/// </summary>
internal sealed partial class WorkerLock(string worker, NpgsqlDataSource dataSource, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the lock was held for the first time: before that, no run may be claimed.</summary>
    public Task Held => held.Task;

    /// <summary>Holds the lock until <paramref name="ended"/>.</summary>
    public async Task HoldAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(ended);
                await using (var take = new NpgsqlCommand(QueueSql.HoldWorker, connection))
                {
                    take.Parameters.Add(new() { Value = worker });
                    await take.ExecuteNonQueryAsync(ended);
                }

                held.TrySetResult();
                await WatchAsync(connection, ended);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (problem is NpgsqlException or IOException or TimeoutException or OperationCanceledException)
            {
                LogBroken(problem.Message);
            }

            await Task.Delay(RetryPause, clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task WatchAsync(NpgsqlConnection connection, CancellationToken ended)
    {
        while (true)
        {
            if (!await connection.WaitAsync(KeepAlive, ended))
            {
                await using var probe = new NpgsqlCommand("select 1", connection) { CommandTimeout = 5 };
                await probe.ExecuteNonQueryAsync(ended);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The lock of this worker is not held for now: {Problem}")]
    private partial void LogBroken(string problem);
}

using System.Threading.Channels;
using Npgsql;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Workers;

/// <summary>
/// Stores the events of one attempt, in batches: the first at once, later ones at most every 100 ms. While the database is away it waits and
/// holds at most <see cref="Capacity"/> events; then whoever adds waits too, and so, through its pipe, does the trainer.
/// </summary>
internal sealed partial class RunEventWriter(NpgsqlDataSource dataSource, RunClaim claim, TimeProvider clock, ILogger logger)
{
    private const int Capacity = 1024;
    private const int BatchSize = 64;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    private readonly Channel<(DateTimeOffset At, RunEvent Event)> waiting =
        Channel.CreateBounded<(DateTimeOffset, RunEvent)>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });

    /// <summary>Adds an event; waits while too many wait to be stored.</summary>
    /// <exception cref="ChannelClosedException">Storing ended.</exception>
    public ValueTask AddAsync(DateTimeOffset at, RunEvent happened, CancellationToken cancellationToken) =>
        waiting.Writer.WriteAsync((at, happened), cancellationToken);

    /// <summary>Nothing more will be added; <see cref="RunAsync"/> returns when the rest is stored.</summary>
    public void Complete() => waiting.Writer.TryComplete();

    /// <summary>Stores what is added until <see cref="Complete"/>.</summary>
    /// <returns>Whether the attempt still holds the run; if not, the rest was dropped.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var batch = new List<(DateTimeOffset At, RunEvent Event)>(BatchSize);
            while (await waiting.Reader.WaitToReadAsync(cancellationToken))
            {
                var began = clock.GetTimestamp();
                while (batch.Count < BatchSize && waiting.Reader.TryRead(out var item))
                {
                    batch.Add(item);
                }

                var full = batch.Count == BatchSize;
                if (!await StoreAsync(batch, cancellationToken))
                {
                    return false;
                }

                batch.Clear();
                var pause = Interval - clock.GetElapsedTime(began);
                if (!full && pause > TimeSpan.Zero && !waiting.Reader.Completion.IsCompleted)
                {
                    await Task.Delay(pause, clock, cancellationToken);
                }
            }

            return true;
        }
        finally
        {
            Complete();
        }
    }

    private async Task<bool> StoreAsync(List<(DateTimeOffset At, RunEvent Event)> batch, CancellationToken cancellationToken)
    {
        string? doubtful = null;
        while (true)
        {
            string? transactionId = null;
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
                if (doubtful is not null && await WasCommittedAsync(connection, doubtful, cancellationToken))
                {
                    return true;
                }

                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await using (var identify = new NpgsqlCommand("select pg_current_xact_id()::text", connection, transaction))
                {
                    transactionId = (string?)await identify.ExecuteScalarAsync(cancellationToken);
                }

                if (await EventLog.TryAppendAsync(connection, transaction, claim.RunId, claim.Attempt, batch, cancellationToken) is null)
                {
                    return false;
                }

                doubtful = transactionId;
                await transaction.CommitAsync(cancellationToken);
                return true;
            }
            catch (Exception problem) when (problem is TimeoutException || StoreFailure.IsAway(problem))
            {
                LogAway(problem.Message, waiting.Reader.Count + batch.Count);
            }

            await Task.Delay(RetryPause, clock, cancellationToken);
        }
    }

    // A connection that broke during the commit leaves open whether it happened. The server knows, also after a crash.
    private static async Task<bool> WasCommittedAsync(NpgsqlConnection connection, string transactionId, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("select coalesce(pg_xact_status($1::xid8), 'unknown')", connection);
        ask.Parameters.Add(new() { Value = transactionId });
        return (string?)await ask.ExecuteScalarAsync(cancellationToken) switch
        {
            "committed" => true,
            "in progress" => throw new TimeoutException($"Transaction {transactionId} is not decided yet."),
            _ => false,
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events are not stored for now ({Problem}); {Waiting} wait")]
    private partial void LogAway(string problem, int waiting);
}

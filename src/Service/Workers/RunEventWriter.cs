using System.Threading.Channels;
using Npgsql;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Workers;

// Stores the events of one attempt, in batches: the first at once, later ones at most every 100 ms; each append renews the lease. While the database is
// unreachable it waits and holds at most Capacity events; then the reader of the trainer's output waits too, and so, through its pipe, does the trainer.
internal sealed partial class RunEventWriter(NpgsqlDataSource dataSource, RunClaim claim, LeaseKeeper lease, QueueOptions options, TimeProvider clock, ILogger logger)
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

    // Stores what is added until Complete. Returns whether the attempt still holds the run; if not, the rest was dropped.
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
        string? uncertain = null;
        while (true)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
                if (uncertain is not null && await WasCommittedAsync(connection, uncertain, cancellationToken))
                {
                    return true;
                }

                var sentAt = clock.GetTimestamp();
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var appended = await EventLog.TryAppendAsync(connection, transaction, claim.RunId, claim.Attempt, options.Lease, batch, clock, cancellationToken);
                if (appended is null)
                {
                    return false;
                }

                uncertain = appended.TransactionId;
                await transaction.CommitAsync(cancellationToken);
                lease.Confirm(sentAt, RunQueue.Renewed(appended.State, appended.CancelRequested));
                return true;
            }
            catch (Exception exception) when (exception is TimeoutException || StoreFailure.IsUnavailable(exception))
            {
                LogAway(exception.Message, waiting.Reader.Count + batch.Count);
            }

            await Task.Delay(RetryPause, clock, cancellationToken);
        }
    }

    // When the connection breaks during the commit, its outcome is unknown to the client. The server knows it, also after a crash.
    private static async Task<bool> WasCommittedAsync(NpgsqlConnection connection, string transactionId, CancellationToken cancellationToken)
    {
        await using var status = new NpgsqlCommand("select coalesce(pg_xact_status($1::xid8), 'unknown')", connection);
        status.Parameters.Add(new() { Value = transactionId });
        return (string?)await status.ExecuteScalarAsync(cancellationToken) switch
        {
            "committed" => true,
            "in progress" => throw new TimeoutException($"Transaction {transactionId} is still in progress."),
            _ => false,
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events cannot be stored ({Reason}); {Waiting} are buffered")]
    private partial void LogAway(string reason, int waiting);
}

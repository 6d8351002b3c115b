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

    private readonly TaskCompletionSource complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Adds an event; waits while too many wait to be stored.</summary>
    /// <exception cref="ChannelClosedException">Storing ended.</exception>
    public ValueTask AddAsync(DateTimeOffset at, RunEvent happened, CancellationToken cancellationToken) =>
        waiting.Writer.WriteAsync((at, happened), cancellationToken);

    /// <summary>Nothing more will be added; <see cref="RunAsync"/> returns when the rest is stored, which is at once.</summary>
    public void Complete()
    {
        waiting.Writer.TryComplete();
        complete.TrySetResult();
    }

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
                if (!full && pause > TimeSpan.Zero)
                {
                    await Task.WhenAny(Task.Delay(pause, clock, cancellationToken), complete.Task);
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
        AppendedEvents? uncertain = null;
        while (true)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
                if (uncertain is not null && await WasCommittedAsync(connection, claim, uncertain, cancellationToken))
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

                uncertain = appended;
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

    // When the connection breaks during the commit, its outcome is unknown to the client. Once the transaction is over, its last event is there or not; its id
    // alone does not tell: a server that crashed before it wrote anything of a transaction gives the id to another one. Others store only states of an attempt.
    internal static async Task<bool> WasCommittedAsync(NpgsqlConnection connection, RunClaim claim, AppendedEvents appended, CancellationToken cancellationToken)
    {
        if (await IsInProgressAsync(connection, appended.TransactionId, cancellationToken))
        {
            throw new TimeoutException($"Transaction {appended.TransactionId} is still in progress.");
        }

        await using var find = new NpgsqlCommand("select exists (select from run_events where run_id = $1 and seq = $2 and attempt = $3 and type <> 'state')", connection);
        find.Parameters.Add(new() { Value = claim.RunId });
        find.Parameters.Add(new() { Value = appended.LastSeq });
        find.Parameters.Add(new() { Value = claim.Attempt });
        return (bool)(await find.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<bool> IsInProgressAsync(NpgsqlConnection connection, string transactionId, CancellationToken cancellationToken)
    {
        try
        {
            await using var status = new NpgsqlCommand("select pg_xact_status($1::xid8) = 'in progress'", connection);
            status.Parameters.Add(new() { Value = transactionId });
            return await status.ExecuteScalarAsync(cancellationToken) is true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidParameterValue)
        {
            return false; // An id that the server, after a crash, has not given yet.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events cannot be stored ({Reason}); {Waiting} are buffered")]
    private partial void LogAway(string reason, int waiting);
}

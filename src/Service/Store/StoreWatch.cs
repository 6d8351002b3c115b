using Npgsql;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Store;

// Whether the database answers, by a query on a connection of its own: about every half second while somebody waits for the database, else every few seconds.
// A server that hangs (stopped, or its storage or network is frozen) fails nothing: statements wait for it, and so does their cancellation. Requests therefore
// do not wait for their statements alone, but for this too.
internal sealed partial class StoreWatch(StoreOptions options, TimeProvider clock, ILogger<StoreWatch> logger) : BackgroundService
{
    /// <summary>How long a query may take until the database counts as unavailable.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(5);

    // A new connection takes a process of the server, and several round trips.
    private const int ConnectSeconds = 10;

    private readonly string connectionString = new NpgsqlConnectionStringBuilder(options.ConnectionString)
    {
        ApplicationName = "trainyard watch",
        Pooling = false,
        Timeout = ConnectSeconds,
        CommandTimeout = 5,
    }.ConnectionString;

    private readonly AsyncAutoResetEvent waitBegan = new();
    private volatile CancellationTokenSource unavailable = new();
    private int waits;
    private NpgsqlConnection? connection;

    public bool IsAvailable => !unavailable.IsCancellationRequested;

    /// <summary>Watches the database closely until the wait is disposed.</summary>
    public StoreWait BeginWait()
    {
        if (Interlocked.Increment(ref waits) == 1)
        {
            waitBegan.Set();
        }

        return new StoreWait(() => Interlocked.Decrement(ref waits), unavailable.Token);
    }

    /// <summary>Waits for the result of a statement for as long as the database is available.</summary>
    /// <exception cref="NpgsqlException">It became unavailable (<see cref="StoreFailure.IsUnavailable"/>); the statement goes on.</exception>
    public async Task<T> WaitAsync<T>(Task<T> statement)
    {
        using var wait = BeginWait();
        await ((Task)statement).WaitAsync(wait.Unavailable).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (statement.IsCompleted)
        {
            return await statement;
        }

        // Not on the thread that reports the outage to all requests.
        await Task.Yield();
        throw new NpgsqlException("The database does not answer.", new TimeoutException());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var query = Task.CompletedTask;
        while (!stoppingToken.IsCancellationRequested)
        {
            var patience = connection is null ? TimeSpan.FromSeconds(ConnectSeconds) : Patience;
            query = QueryAsync();
            if (await ReasonAsync(WaitAsync(query, patience, stoppingToken), stoppingToken) is { } reason)
            {
                SetUnavailable(reason);

                // A statement that hangs may go on at any moment; it fails after its own time limit.
                await query.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (query.IsCompletedSuccessfully)
            {
                SetAvailable();
            }

            await PauseAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (query.IsCompleted)
        {
            await CloseAsync();
        }
    }

    private async Task PauseAsync(CancellationToken stopping)
    {
        await Task.Delay(Interval, clock, stopping);
        if (Volatile.Read(ref waits) == 0)
        {
            await waitBegan.WaitAsync(IdleInterval, stopping);
        }
    }

    // A timer that is late shows that this process is slow, and nothing about the database: then the wait begins again.
    private async Task WaitAsync(Task query, TimeSpan patience, CancellationToken stopping)
    {
        while (true)
        {
            var began = clock.GetTimestamp();
            try
            {
                await query.WaitAsync(patience, clock, stopping);
                return;
            }
            catch (TimeoutException) when (!query.IsCompleted && clock.GetElapsedTime(began) > patience + Interval)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task<string?> ReasonAsync(Task query, CancellationToken stopping)
    {
        try
        {
            await query;
            return null;
        }
        catch (TimeoutException)
        {
            return $"no answer within {Patience.TotalSeconds:0.#} s";
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // Whatever fails, the database does not answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception.Message;
        }
    }

    private async Task QueryAsync()
    {
        try
        {
            if (connection is null)
            {
                connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync(CancellationToken.None);
            }

            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(CancellationToken.None);
        }
        catch
        {
            await CloseAsync();
            throw;
        }
    }

    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref connection, null) is { } open)
        {
            await open.DisposeAsync();
        }
    }

    private void SetAvailable()
    {
        if (!IsAvailable)
        {
            unavailable = new CancellationTokenSource();
            LogAvailable();
        }
    }

    private void SetUnavailable(string reason)
    {
        if (IsAvailable)
        {
            LogUnavailable(reason);
            unavailable.Cancel();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer: {Reason}")]
    private partial void LogUnavailable(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database answers again")]
    private partial void LogAvailable();
}

/// <summary>A wait for the database.</summary>
internal readonly struct StoreWait(Action end, CancellationToken unavailable) : IDisposable
{
    /// <summary>Cancelled when the database becomes unavailable.</summary>
    public CancellationToken Unavailable => unavailable;

    public void Dispose() => end();
}

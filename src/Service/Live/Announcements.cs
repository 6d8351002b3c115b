using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using Trainyard.Service.Store;

namespace Trainyard.Service.Live;

/// <summary>
/// Hears what any process announces, on one connection per process. An announcement is a hint: it may be lost (the connection was away), so
/// after every reconnect each watcher is woken, and each watcher also looks by itself now and then.
/// </summary>
internal sealed partial class Announcements(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<Announcements> logger) : BackgroundService
{
    // A broken connection that nobody closed is found by a query at this interval.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Signal, Guid> runWatchers = new();
    private readonly ConcurrentDictionary<Signal, byte> queueWatchers = new();
    private readonly ConcurrentDictionary<Action<Guid?>, byte> observers = new();

    /// <summary>A signal that is set when something is appended to a run, or when something may have been missed.</summary>
    public Signal WatchRun(Guid runId)
    {
        var signal = new Signal(gone => runWatchers.TryRemove(gone, out _));
        runWatchers[signal] = runId;
        return signal;
    }

    /// <summary>A signal that is set when a run of any queue became claimable, or when something may have been missed.</summary>
    public Signal WatchQueues()
    {
        var signal = new Signal(gone => queueWatchers.TryRemove(gone, out _));
        queueWatchers[signal] = 0;
        return signal;
    }

    /// <summary>Calls back with the id of each run that something is appended to; with null when something may have been missed.</summary>
    /// <param name="changed">Returns at once and throws nothing.</param>
    public IDisposable Observe(Action<Guid?> changed)
    {
        observers[changed] = 0;
        return new Signal(_ => observers.TryRemove(changed, out byte _));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.Zero;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, heard) => Hear(heard.Channel, heard.Payload);
                await using (var listen = new NpgsqlCommand($"listen {EventLog.RunsChannel}; listen {EventLog.QueueChannel}", connection))
                {
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                }

                WakeAll();
                pause = TimeSpan.Zero;
                await ListenAsync(connection, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (problem is NpgsqlException or IOException or TimeoutException or OperationCanceledException)
            {
                LogDeaf(problem.Message);
            }

            pause = pause == TimeSpan.Zero ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task ListenAsync(NpgsqlConnection connection, CancellationToken stopping)
    {
        while (true)
        {
            if (!await connection.WaitAsync(KeepAlive, stopping))
            {
                await using var probe = new NpgsqlCommand("select 1", connection) { CommandTimeout = 5 };
                await probe.ExecuteNonQueryAsync(stopping);
            }
        }
    }

    private void Hear(string channel, string payload)
    {
        if (channel == EventLog.QueueChannel)
        {
            WakeQueues();
        }
        else if (payload.Split(':') is [var id, var seq] && Guid.TryParse(id, out var runId)
            && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            foreach (var (signal, watched) in runWatchers)
            {
                if (watched == runId)
                {
                    signal.Set();
                }
            }

            Tell(runId);
        }
        else
        {
            LogUnreadable(channel, payload);
        }
    }

    private void WakeAll()
    {
        WakeQueues();
        foreach (var (signal, _) in runWatchers)
        {
            signal.Set();
        }

        Tell(null);
    }

    private void WakeQueues()
    {
        foreach (var (signal, _) in queueWatchers)
        {
            signal.Set();
        }
    }

    private void Tell(Guid? runId)
    {
        foreach (var (changed, _) in observers)
        {
            changed(runId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Announcements are not heard for now ({Problem}); watchers poll meanwhile")]
    private partial void LogDeaf(string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Somebody announced what is no announcement on {Channel}: {Payload}")]
    private partial void LogUnreadable(string channel, string payload);
}

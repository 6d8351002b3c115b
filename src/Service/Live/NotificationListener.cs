using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;

namespace Trainyard.Service.Live;

// Listens to PostgreSQL's notifications on one connection per process and hands them to subscribers. A notification is a hint and may be lost, so every
// subscriber also polls, and after each reconnect all of them are called once with null: notifications may have been missed.
internal sealed partial class NotificationListener(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<NotificationListener> logger) : BackgroundService
{
    // A connection that broke without being closed is found by a query at this interval.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    private readonly Topic<Guid?> runs = new();
    private readonly Topic<string?> queues = new();
    private readonly Topic<ControlMessage?> controls = new();
    private readonly Topic<Guid?> studies = new();
    private readonly Topic<Guid?> studySteps = new();
    private readonly Topic<Guid?> labs = new();

    /// <summary>Calls back with the id of each run that changes. Handlers of all topics return at once and throw nothing.</summary>
    public IDisposable SubscribeToRuns(Action<Guid?> handler) => runs.Add(handler);

    /// <summary>Calls back with the name of a queue when a run in it becomes claimable.</summary>
    public IDisposable SubscribeToQueues(Action<string?> handler) => queues.Add(handler);

    /// <summary>Calls back with each control message for a running attempt.</summary>
    public IDisposable SubscribeToControls(Action<ControlMessage?> handler) => controls.Add(handler);

    /// <summary>Calls back with the id of each study that a user submits or changes.</summary>
    public IDisposable SubscribeToStudies(Action<Guid?> handler) => studies.Add(handler);

    /// <summary>Calls back with the id of each study that one of its own steps has changed.</summary>
    public IDisposable SubscribeToStudySteps(Action<Guid?> handler) => studySteps.Add(handler);

    /// <summary>Calls back with the id of each answer of a lab that is queued or has ended.</summary>
    public IDisposable SubscribeToLabs(Action<Guid?> handler) => labs.Add(handler);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var retry = FirstRetry;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, notification) => Publish(notification.Channel, notification.Payload);
                try
                {
                    await using (var listen = new NpgsqlCommand(
                        $"listen {EventLog.RunsChannel}; listen {EventLog.QueueChannel}; listen {EventLog.ControlChannel}; listen {EventLog.StudiesChannel}; listen {EventLog.LabsChannel}",
                        connection))
                    {
                        await listen.ExecuteNonQueryAsync(stoppingToken);
                    }

                    runs.Publish(null);
                    queues.Publish(null);
                    controls.Publish(null);
                    studies.Publish(null);
                    studySteps.Publish(null);
                    labs.Publish(null);
                    retry = FirstRetry;
                    await WaitForNotificationsAsync(connection, stoppingToken);
                }
                finally
                {
                    // It must not go back into the pool while it listens.
                    NpgsqlConnection.ClearPool(connection);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException or OperationCanceledException)
            {
                LogDisconnected(exception.Message);
            }

            await Task.Delay(retry, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            retry = retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
        }
    }

    private static async Task WaitForNotificationsAsync(NpgsqlConnection connection, CancellationToken stopping)
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

    private void Publish(string channel, string payload)
    {
        switch (channel, payload.Split(':'))
        {
            case (EventLog.QueueChannel, _):
                queues.Publish(payload);
                break;
            case (EventLog.RunsChannel, [var id, _]) when Guid.TryParse(id, out var run):
                runs.Publish(run);
                break;
            case (EventLog.StudiesChannel, [var id]) when Guid.TryParse(id, out var study):
                studies.Publish(study);
                break;
            case (EventLog.StudiesChannel, [var id, "step"]) when Guid.TryParse(id, out var study):
                studySteps.Publish(study);
                break;
            case (EventLog.LabsChannel, [var id]) when Guid.TryParse(id, out var lab):
                labs.Publish(lab);
                break;
            case (EventLog.ControlChannel, [var id, var attempt, var action]) when Guid.TryParse(id, out var run)
                && int.TryParse(attempt, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && Enum.TryParse<StopRequest>(action, ignoreCase: true, out var request):
                controls.Publish(new ControlMessage(run, number, request));
                break;
            default:
                LogMalformed(channel, payload);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection for notifications is lost ({Reason}); subscribers poll until it is restored")]
    private partial void LogDisconnected(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Malformed notification on channel {Channel}: {Payload}")]
    private partial void LogMalformed(string channel, string payload);

    private sealed class Topic<T>
    {
        private readonly ConcurrentDictionary<Subscription, byte> subscriptions = new();

        public IDisposable Add(Action<T> handler)
        {
            var subscription = new Subscription(handler, ended => subscriptions.TryRemove(ended, out _));
            subscriptions[subscription] = 0;
            return subscription;
        }

        public void Publish(T notification)
        {
            foreach (var (subscription, _) in subscriptions)
            {
                subscription.Handler(notification);
            }
        }

        private sealed class Subscription(Action<T> handler, Action<Subscription> remove) : IDisposable
        {
            public Action<T> Handler { get; } = handler;

            public void Dispose() => remove(this);
        }
    }
}

using Trainyard.Service.Hosting;

namespace Trainyard.Service.Store;

/// <summary>Repeats a step of the start while the database is unavailable: it may be starting too, or be restarted just then.</summary>
internal sealed partial class StoreRetry(TimeProvider clock, ILogger<StoreRetry> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // step: May be interrupted anywhere, and then runs again from its beginning.
    public async Task RunAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await step(cancellationToken);
                return;
            }
            catch (Exception exception) when (StoreFailure.IsUnavailable(exception))
            {
                var reason = exception.GetBaseException().Message;
                if (clock.GetElapsedTime(began) > Timeout)
                {
                    throw new StartupException(
                        $"PostgreSQL did not respond within {Timeout.TotalSeconds:0} s: {reason} Check ConnectionStrings__Postgres and the server.", exception);
                }

                LogWaiting(reason);
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting for PostgreSQL: {Reason}")]
    private partial void LogWaiting(string reason);
}

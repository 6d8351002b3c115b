using Trainyard.Service.Hosting;
using Trainyard.Service.Live;

namespace Trainyard.Service.Labs;

/// <summary>Waits for answers.</summary>
internal sealed class LabWaits(LabQueue queue, NotificationListener notifications, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    // A notification may be lost.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>Returns when the answer is there, the time is over, or the service stops.</summary>
    public async Task WaitAsync(Guid id, TimeSpan time, CancellationToken cancellationToken)
    {
        if (time <= TimeSpan.Zero)
        {
            return;
        }

        var wake = new AsyncAutoResetEvent();
        using var subscription = notifications.SubscribeToLabs(changed =>
        {
            if (changed is null || changed == id)
            {
                wake.Set();
            }
        });
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var began = clock.GetTimestamp();
        while (!either.IsCancellationRequested && !await queue.HasEndedAsync(id, cancellationToken))
        {
            var left = time - clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            await ((Task)wake.WaitAsync(left < Poll ? left : Poll, either.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

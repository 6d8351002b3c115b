using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Tests.Training;

public sealed class LeaseWatchdogTests
{
    [Fact]
    public async Task Renew_EndInTheFuture_ExpiresThenAndNotBefore()
    {
        var expired = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watchdog = new LeaseWatchdog(TimeProvider.System, () => expired.TrySetResult(TimeProvider.System.GetTimestamp()));
        var frequency = TimeProvider.System.TimestampFrequency;
        var end = TimeProvider.System.GetTimestamp() + (frequency / 5);

        watchdog.Renew(end - (frequency / 10));
        watchdog.Renew(end);
        watchdog.Renew(end - frequency);

        Assert.True(await expired.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken) >= end);
    }

    [Fact]
    public void Renew_EndIsPast_ExpiresAtOnce()
    {
        var count = 0;
        using var watchdog = new LeaseWatchdog(TimeProvider.System, () => count++);

        watchdog.Renew(TimeProvider.System.GetTimestamp() + (long.MaxValue / 2));
        Assert.Equal(0, count);
        using var late = new LeaseWatchdog(TimeProvider.System, () => count++);
        late.Renew(TimeProvider.System.GetTimestamp());

        Assert.Equal(1, count);
    }
}

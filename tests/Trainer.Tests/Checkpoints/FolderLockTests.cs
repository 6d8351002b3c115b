using Trainyard.Trainer.Checkpoints;

namespace Trainyard.Trainer.Tests.Checkpoints;

public sealed class FolderLockTests
{
    [Fact]
    public async Task Acquire_WhileAnotherHoldsTheFolder_WaitsForIt()
    {
        using var folder = new TemporaryFolder();
        var first = FolderLock.Acquire(folder.File("run"), TimeProvider.System, TestContext.Current.CancellationToken);
        var second = Task.Run(() => FolderLock.Acquire(folder.File("run"), TimeProvider.System, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.NotSame(second, await Task.WhenAny(second, Task.Delay(200, TestContext.Current.CancellationToken)));
        first.Dispose();
        (await second.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Dispose();
    }
}

using System.Runtime.CompilerServices;

namespace Trainyard.LibTorch.Tests.Scopes;

/// <summary>Alone, because it counts the handles of the whole process.</summary>
[CollectionDefinition(nameof(FinalizerTests), DisableParallelization = true)]
[Collection(nameof(FinalizerTests))]
public sealed class FinalizerTests
{
    [Fact]
    public void AbandonedTensors_ManyThreads_AreReleasedWhileOthersWork()
    {
        Collect();
        var before = Tensor.TotalCount;
        Parallel.For(0, 8, _ => Abandon(2_000));
        Collect();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public async Task OperandsOfARunningOperator_AreNotFinalizedUnderIt()
    {
        using var stop = new CancellationTokenSource();
        var collector = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    GC.Collect(0);
                    GC.WaitForPendingFinalizers();
                }
            },
            TestContext.Current.CancellationToken);

        // Nothing but the call itself refers to the operands.
        for (var i = 0; i < 500; i++)
        {
            Assert.Equal(2 * 64, ones(64).add(ones(64)).sum().item<float>());
        }

        await stop.CancelAsync();
        await collector.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private static void Collect()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _ = full(16, i) + 1;
        }
    }
}

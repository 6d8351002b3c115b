using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Tests.Kernels;

public sealed class BlockLoopTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 4)]
    [InlineData(3, 8)]
    [InlineData(1000, 1)]
    [InlineData(1000, 4)]
    public void Run_AnyCountAndThreads_TakesEachBlockOnceBeforeItReturns(int count, int threads)
    {
        for (var repetition = 0; repetition < 100; repetition++)
        {
            var calls = new int[count];
            BlockLoop.Run(count, threads, block => Interlocked.Increment(ref calls[block]));
            Assert.All(calls, number => Assert.Equal(1, number));
        }
    }
}

namespace Trainyard.Trainer.Kernels;

// Numbered blocks of work, taken in turn by the calling thread and threads of the pool. A block computes the same whoever takes it, so results do not depend on
// the number of threads; what blocks sum up is added by the caller in their order.
internal sealed class BlockLoop : IThreadPoolWorkItem
{
    private readonly int count;
    private readonly Action<int> body;
    private int taken;
    private int done;

    private BlockLoop(int count, Action<int> body)
    {
        this.count = count;
        this.body = body;
    }

    /// <summary>Calls the body, which must not throw, with each number below count; returns when all calls have.</summary>
    public static void Run(int count, int threads, Action<int> body)
    {
        var loop = new BlockLoop(count, body);
        for (var helper = 1; helper < Math.Min(threads, count); helper++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(loop, preferLocal: false);
        }

        loop.Execute();
        var wait = new SpinWait();
        while (Volatile.Read(ref loop.done) < count)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    public void Execute()
    {
        for (var block = Interlocked.Increment(ref taken) - 1; block < count; block = Interlocked.Increment(ref taken) - 1)
        {
            body(block);
            Interlocked.Increment(ref done);
        }
    }
}

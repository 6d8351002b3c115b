namespace Trainyard.Trainer.Kernels.Winograd;

/// <summary>Memory for float32 values of any content, aligned to a line of the cache, until it is disposed of, in the reverse order on each thread.</summary>
// A thread keeps as much as it needed at once so far: memory fresh from the system costs a page fault for every 4 KiB.
internal readonly struct Scratch : IDisposable
{
    private const int Line = 64 / sizeof(float);

    [ThreadStatic]
    private static Reserve? ofThread;

    private readonly Reserve reserve;
    private readonly long size;

    // What the reserve had no room for.
    private readonly Tensor? own;

    // count: Of values.
    public Scratch(long count)
    {
        reserve = ofThread ??= new Reserve();
        size = (count + Line - 1) / Line * Line;
        (Address, own) = reserve.Take(size);
    }

    public nint Address { get; }

    public void Dispose() => reserve.Return(size, own);

    private sealed class Reserve
    {
        private Tensor? memory;
        private long length;
        private long used;
        private long taken;
        private long mostTaken;

        public (nint Address, Tensor? Own) Take(long size)
        {
            if (taken == 0 && length < mostTaken)
            {
                memory?.Dispose();
                memory = Allocate(mostTaken);
                length = mostTaken;
            }

            taken += size;
            mostTaken = Math.Max(mostTaken, taken);
            if (used + size > length)
            {
                var own = Allocate(size);
                return (TensorRows.Address(own), own);
            }

            var address = TensorRows.Address(memory!) + (nint)(used * sizeof(float));
            used += size;
            return (address, null);
        }

        public void Return(long size, Tensor? own)
        {
            taken -= size;
            used -= own is null ? size : 0;
            own?.Dispose();
        }

        // torch aligns to 64 bytes.
        private static Tensor Allocate(long size) => empty(size).DetachFromDisposeScope();
    }
}

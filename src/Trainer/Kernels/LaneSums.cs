using System.Buffers;

namespace Trainyard.Trainer.Kernels;

/// <summary>Sums of each lane that blocks compute on their own, to be added in the order of the blocks.</summary>
internal sealed class LaneSums(ChannelBlocks blocks, int kinds) : IDisposable
{
    private readonly float[] values = ArrayPool<float>.Shared.Rent(blocks.Count * kinds * blocks.LaneCount);

    /// <summary>The sums of the first lane of a column; those of the others follow.</summary>
    public ref float this[int block, int kind, int column] => ref values[Index(block, kind) + (column * ChannelBlocks.Lanes)];

    /// <summary>The sum of all blocks, per lane.</summary>
    public double[] Total(int kind)
    {
        var totals = new double[blocks.LaneCount];
        for (var block = 0; block < blocks.Count; block++)
        {
            var part = values.AsSpan(Index(block, kind), totals.Length);
            for (var lane = 0; lane < part.Length; lane++)
            {
                totals[lane] += part[lane];
            }
        }

        return totals;
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(values);

    private int Index(int block, int kind) => ((block * kinds) + kind) * blocks.LaneCount;
}

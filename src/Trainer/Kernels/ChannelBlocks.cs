using System.Runtime.Intrinsics;

namespace Trainyard.Trainer.Kernels;

// How a matrix [rows, channels] in memory is walked: in blocks of rows that stay in the processor's cache; within a block, column by column of 16 channels, so
// that what belongs to the channels stays in registers. The last column ends with the row: it may overlap the one before, which computes some values twice but
// needs no masks. Where the number of channels is not a multiple of 16, several rows are joined to one whose length is, if their number allows it.
internal sealed class ChannelBlocks
{
    private const int BlockBytes = 1 << 15;

    private readonly int channels;
    private readonly int rowsPerBlock;

    private ChannelBlocks(int channels, int rows, int width, int bytesPerRow)
    {
        this.channels = channels;
        RowCount = rows;
        Width = width;
        Columns = (width + Lanes - 1) / Lanes;
        rowsPerBlock = Math.Max(1, BlockBytes / bytesPerRow);
        Count = (rows + rowsPerBlock - 1) / rowsPerBlock;
    }

    /// <summary>Values of a vector.</summary>
    public static int Lanes => Vector512<float>.Count;

    public int RowCount { get; }

    /// <summary>Values of a row.</summary>
    public int Width { get; }

    public int Columns { get; }

    /// <summary>Number of blocks.</summary>
    public int Count { get; }

    /// <summary>Values per channel and column: the length of arrays that hold one value of each lane.</summary>
    public int LaneCount => Columns * Lanes;

    /// <summary>Null: not even all rows together fill a vector evenly.</summary>
    public static ChannelBlocks? OfRows(int rows, int channels, int elementBytes)
    {
        var joined = Lanes / (int)System.Numerics.BigInteger.GreatestCommonDivisor(Lanes, channels);
        if (rows % joined != 0)
        {
            joined = 1;
        }

        var width = joined * channels;
        return width < Lanes ? null : new ChannelBlocks(channels, rows / joined, width, width * elementBytes);
    }

    /// <summary>Pairs of image rows as the rows, with a column for each 16 channels of a pixel; null: fewer channels than a vector has lanes.</summary>
    public static ChannelBlocks? OfRowPairs(int pairs, int pixelsPerPair, int channels, int elementBytes) =>
        channels < Lanes ? null : new ChannelBlocks(channels, pairs, channels, pixelsPerPair * channels * elementBytes);

    /// <summary>Where a column begins in its row.</summary>
    public int Start(int column) => Math.Min(column * Lanes, Width - Lanes);

    public (int First, int End) Rows(int block) => (block * rowsPerBlock, Math.Min(RowCount, (block + 1) * rowsPerBlock));

    /// <summary>A value per channel, as one per lane.</summary>
    public float[] Spread(double[] values)
    {
        var lanes = new float[LaneCount];
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            lanes[lane] = (float)values[Channel(lane)];
        }

        return lanes;
    }

    /// <summary>Each lane with its channel, without the lanes that repeat others.</summary>
    public IEnumerable<(int Lane, int Channel)> DistinctLanes()
    {
        var last = LaneCount - Lanes;
        var repeated = LaneCount - Width;
        for (var lane = 0; lane < LaneCount; lane++)
        {
            if (lane < last || lane >= last + repeated)
            {
                yield return (lane, Channel(lane));
            }
        }
    }

    private int Channel(int lane) => (Start(lane / Lanes) + (lane % Lanes)) % channels;
}

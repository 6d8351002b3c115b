namespace Trainyard.Trainer.Kernels.Winograd;

/// <summary>Where the tiles of a convolution lie, image by image and row by row: of 4 x 4 pixels of the output, and the 6 x 6 of the input that they depend on.</summary>
// Height, width: Of the input. Padding: Of the input, in pixels, at each side.
internal sealed record TileGrid(int Images, int Height, int Width, int Padding)
{
    public int OutputHeight => Height + (2 * Padding) - MinimalFilter.Taps + 1;

    public int OutputWidth => Width + (2 * Padding) - MinimalFilter.Taps + 1;

    public int Count => Images * Rows * Columns;

    /// <summary>Share of the tiles' pixels that are pixels of the output.</summary>
    public double CoveredShare => (double)OutputHeight * OutputWidth / (Rows * Columns * MinimalFilter.Outputs * MinimalFilter.Outputs);

    private int Rows => (OutputHeight + MinimalFilter.Outputs - 1) / MinimalFilter.Outputs;

    private int Columns => (OutputWidth + MinimalFilter.Outputs - 1) / MinimalFilter.Outputs;

    // The pixels of the input that a tile depends on. outside: Stands for those in the padding.
    public unsafe void Input<TElement>(int tile, TElement* values, int channels, TElement* outside, TElement** pixels)
        where TElement : unmanaged => Pixels(tile, MinimalFilter.Points, -Padding, Height, Width, values, channels, outside, pixels);

    // The pixels of the output in a tile. outside: Stands for those beyond the last row or column.
    public unsafe void Output<TElement>(int tile, TElement* values, int channels, TElement* outside, TElement** pixels)
        where TElement : unmanaged => Pixels(tile, MinimalFilter.Outputs, 0, OutputHeight, OutputWidth, values, channels, outside, pixels);

    private unsafe void Pixels<TElement>(int tile, int side, int offset, int height, int width, TElement* values, int channels, TElement* outside, TElement** pixels)
        where TElement : unmanaged
    {
        var (line, column) = Math.DivRem(tile, Columns);
        var (image, row) = Math.DivRem(line, Rows);
        var top = (row * MinimalFilter.Outputs) + offset;
        var left = (column * MinimalFilter.Outputs) + offset;
        for (var y = top; y < top + side; y++)
        {
            var begin = values + ((((nint)image * height) + y) * width * channels);
            for (var x = left; x < left + side; x++)
            {
                *pixels++ = (uint)y < (uint)height && (uint)x < (uint)width ? begin + ((nint)x * channels) : outside;
            }
        }
    }
}

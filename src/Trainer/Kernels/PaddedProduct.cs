using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace Trainyard.Trainer.Kernels;

/// <summary>A matrix of float32 whose values are read one at a time: that of a row and a column is at row RowStep + column Step.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct Scalars(float* values, nint rowStep, nint step)
{
    public float* Values => values;

    public nint RowStep => rowStep;

    public nint Step => step;
}

/// <summary>A matrix of float32 whose values are read as vectors: columns are in panels of <see cref="PaddedProduct.Lanes"/>, PanelStep apart, and rows of a panel Step apart.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct Panels(float* values, nint panelStep, nint step)
{
    public float* Values => values;

    public nint PanelStep => panelStep;

    public nint Step => step;

    /// <summary>Rows one after the other, of a width of whole vectors.</summary>
    public static Panels OfRows(float* values, int width) => new(values, PaddedProduct.Lanes, width);

    /// <summary>Panels one after the other, of a number of rows.</summary>
    public static Panels Packed(float* values, int rows) => new(values, (nint)PaddedProduct.Lanes * rows, PaddedProduct.Lanes);
}

/// <summary>Products of small matrices of float32, of which one side is padded to whole vectors.</summary>
internal static unsafe class PaddedProduct
{
    /// <summary>Values of a vector.</summary>
    public const int Lanes = 16;

    /// <summary>Values of a padded row: whole vectors.</summary>
    public static int Padded(int values) => (values + Lanes - 1) / Lanes * Lanes;

    // C = start + A B, with A [count, depth], B [depth, width] and C [count, width], width a multiple of Lanes. start: A row for each startStep values; null for zeros.
    // Each sum runs over the depth in order.
    public static void Run(Scalars a, Panels b, float* c, float* start, nint startStep, int count, int depth, int width)
    {
        for (var column = 0; column < width; column += Lanes)
        {
            var panel = b.Values + (column / Lanes * b.PanelStep);
            var row = 0;
            for (; IsHardwareAccelerated && row <= count - 8; row += 8)
            {
                Eight(a.Values + (row * a.RowStep), a, panel, b.Step, c + ((nint)row * width) + column, width, First(start, row * startStep, column), startStep, depth);
            }

            for (; row <= count - 4; row += 4)
            {
                Four(a.Values + (row * a.RowStep), a, panel, b.Step, c + ((nint)row * width) + column, width, First(start, row * startStep, column), startStep, depth);
            }

            for (; row < count; row++)
            {
                One(a.Values + (row * a.RowStep), a, panel, b.Step, c + ((nint)row * width) + column, First(start, row * startStep, column), depth);
            }
        }
    }

    // Where a vector has 16 values, eight sums fit its registers, and the processor has no sum to wait for.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight(float* left, Scalars a, float* right, nint rightStep, float* target, nint width, float* start, nint startStep, int depth)
    {
        nint row = a.RowStep, step = a.Step;
        Vector512<float> sum0 = From(start, 0), sum1 = From(start, startStep), sum2 = From(start, 2 * startStep), sum3 = From(start, 3 * startStep);
        Vector512<float> sum4 = From(start, 4 * startStep), sum5 = From(start, 5 * startStep), sum6 = From(start, 6 * startStep), sum7 = From(start, 7 * startStep);
        var lower = left + (4 * row);
        for (var k = 0; k < depth; k++, left += step, lower += step, right += rightStep)
        {
            var values = Load(right);
            sum0 = MultiplyAddEstimate(Create(left[0]), values, sum0);
            sum1 = MultiplyAddEstimate(Create(left[row]), values, sum1);
            sum2 = MultiplyAddEstimate(Create(left[2 * row]), values, sum2);
            sum3 = MultiplyAddEstimate(Create(left[3 * row]), values, sum3);
            sum4 = MultiplyAddEstimate(Create(lower[0]), values, sum4);
            sum5 = MultiplyAddEstimate(Create(lower[row]), values, sum5);
            sum6 = MultiplyAddEstimate(Create(lower[2 * row]), values, sum6);
            sum7 = MultiplyAddEstimate(Create(lower[3 * row]), values, sum7);
        }

        sum0.Store(target);
        sum1.Store(target + width);
        sum2.Store(target + (2 * width));
        sum3.Store(target + (3 * width));
        sum4.Store(target + (4 * width));
        sum5.Store(target + (5 * width));
        sum6.Store(target + (6 * width));
        sum7.Store(target + (7 * width));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(float* left, Scalars a, float* right, nint rightStep, float* target, nint width, float* start, nint startStep, int depth)
    {
        nint row = a.RowStep, step = a.Step;
        Vector512<float> sum0 = From(start, 0), sum1 = From(start, startStep), sum2 = From(start, 2 * startStep), sum3 = From(start, 3 * startStep);
        for (var k = 0; k < depth; k++, left += step, right += rightStep)
        {
            var values = Load(right);
            sum0 = MultiplyAddEstimate(Create(left[0]), values, sum0);
            sum1 = MultiplyAddEstimate(Create(left[row]), values, sum1);
            sum2 = MultiplyAddEstimate(Create(left[2 * row]), values, sum2);
            sum3 = MultiplyAddEstimate(Create(left[3 * row]), values, sum3);
        }

        sum0.Store(target);
        sum1.Store(target + width);
        sum2.Store(target + (2 * width));
        sum3.Store(target + (3 * width));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(float* left, Scalars a, float* right, nint rightStep, float* target, float* start, int depth)
    {
        var step = a.Step;
        var sum = From(start, 0);
        for (var k = 0; k < depth; k++, left += step, right += rightStep)
        {
            sum = MultiplyAddEstimate(Create(*left), Load(right), sum);
        }

        sum.Store(target);
    }

    private static float* First(float* start, nint offset, int column) => start is null ? null : start + offset + column;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> From(float* start, nint offset) => start is null ? Vector512<float>.Zero : Load(start + offset);
}

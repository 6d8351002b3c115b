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

    /// <summary>The panel that begins at a column.</summary>
    public float* Column(int column) => Values + (column / PaddedProduct.Lanes * PanelStep);

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
        // Where a vector has 16 values, the sums of eight rows of two panels fit its registers.
        var wide = IsHardwareAccelerated ? count / 8 * 8 : 0;
        for (var column = 0; column < width; column += Lanes)
        {
            if (wide == 0 || column > width - (2 * Lanes))
            {
                RunPanel(a, b, c, start, startStep, first: 0, count, depth, width, column);
                continue;
            }

            for (var row = 0; row < wide; row += 8)
            {
                EightByTwo(a.Values + (row * a.RowStep), a, b.Column(column), b, c + ((nint)row * width) + column, width, First(start, row * startStep, column), startStep, depth);
            }

            RunPanel(a, b, c, start, startStep, wide, count, depth, width, column);
            column += Lanes;
            RunPanel(a, b, c, start, startStep, wide, count, depth, width, column);
        }
    }

    // The rows from the first on, of one panel.
    private static void RunPanel(Scalars a, Panels b, float* c, float* start, nint startStep, int first, int count, int depth, int width, int column)
    {
        var panel = b.Column(column);
        var row = first;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightByTwo(float* left, Scalars a, float* right, Panels b, float* target, nint width, float* start, nint startStep, int depth)
    {
        nint row = a.RowStep, step = a.Step, rightStep = b.Step, panel = b.PanelStep;
        var second = start is null ? null : start + Lanes;
        Vector512<float> sum0 = From(start, 0), sum1 = From(start, startStep), sum2 = From(start, 2 * startStep), sum3 = From(start, 3 * startStep);
        Vector512<float> sum4 = From(start, 4 * startStep), sum5 = From(start, 5 * startStep), sum6 = From(start, 6 * startStep), sum7 = From(start, 7 * startStep);
        Vector512<float> other0 = From(second, 0), other1 = From(second, startStep), other2 = From(second, 2 * startStep), other3 = From(second, 3 * startStep);
        Vector512<float> other4 = From(second, 4 * startStep), other5 = From(second, 5 * startStep), other6 = From(second, 6 * startStep), other7 = From(second, 7 * startStep);
        var lower = left + (4 * row);
        for (var k = 0; k < depth; k++, left += step, lower += step, right += rightStep)
        {
            Vector512<float> values = Load(right), others = Load(right + panel);
            var factor0 = Create(left[0]);
            sum0 = MultiplyAddEstimate(factor0, values, sum0);
            other0 = MultiplyAddEstimate(factor0, others, other0);
            var factor1 = Create(left[row]);
            sum1 = MultiplyAddEstimate(factor1, values, sum1);
            other1 = MultiplyAddEstimate(factor1, others, other1);
            var factor2 = Create(left[2 * row]);
            sum2 = MultiplyAddEstimate(factor2, values, sum2);
            other2 = MultiplyAddEstimate(factor2, others, other2);
            var factor3 = Create(left[3 * row]);
            sum3 = MultiplyAddEstimate(factor3, values, sum3);
            other3 = MultiplyAddEstimate(factor3, others, other3);
            var factor4 = Create(lower[0]);
            sum4 = MultiplyAddEstimate(factor4, values, sum4);
            other4 = MultiplyAddEstimate(factor4, others, other4);
            var factor5 = Create(lower[row]);
            sum5 = MultiplyAddEstimate(factor5, values, sum5);
            other5 = MultiplyAddEstimate(factor5, others, other5);
            var factor6 = Create(lower[2 * row]);
            sum6 = MultiplyAddEstimate(factor6, values, sum6);
            other6 = MultiplyAddEstimate(factor6, others, other6);
            var factor7 = Create(lower[3 * row]);
            sum7 = MultiplyAddEstimate(factor7, values, sum7);
            other7 = MultiplyAddEstimate(factor7, others, other7);
        }

        sum0.Store(target);
        sum1.Store(target + width);
        sum2.Store(target + (2 * width));
        sum3.Store(target + (3 * width));
        sum4.Store(target + (4 * width));
        sum5.Store(target + (5 * width));
        sum6.Store(target + (6 * width));
        sum7.Store(target + (7 * width));
        other0.Store(target + Lanes);
        other1.Store(target + width + Lanes);
        other2.Store(target + (2 * width) + Lanes);
        other3.Store(target + (3 * width) + Lanes);
        other4.Store(target + (4 * width) + Lanes);
        other5.Store(target + (5 * width) + Lanes);
        other6.Store(target + (6 * width) + Lanes);
        other7.Store(target + (7 * width) + Lanes);
    }

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

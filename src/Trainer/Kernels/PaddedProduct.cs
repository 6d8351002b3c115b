using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace Trainyard.Trainer.Kernels;

/// <summary>Products of small matrices of float32, whose rows are whole vectors.</summary>
internal static unsafe class PaddedProduct
{
    /// <summary>Values of a vector.</summary>
    public const int Lanes = 16;

    /// <summary>Values of a padded row: whole vectors.</summary>
    public static int Padded(int values) => (values + Lanes - 1) / Lanes * Lanes;

    // C = start + A B, with A_ik = a[i rowStep + k step], of count rows and any depth; B [depth, width]; C [count, width]; start [width], null for zeros.
    // width: A multiple of Lanes. Each sum runs over k in order.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* a, nint rowStep, nint step, float* b, float* c, float* start, int count, int depth, int width)
    {
        for (var column = 0; column < width; column += Lanes)
        {
            var first = start is null ? Vector512<float>.Zero : Load(start + column);
            var row = 0;
            for (; row <= count - 4; row += 4)
            {
                var (sum0, sum1, sum2, sum3) = (first, first, first, first);
                float* left = a + (row * rowStep), right = b + column;
                for (var k = 0; k < depth; k++, left += step, right += width)
                {
                    var values = Load(right);
                    sum0 = MultiplyAddEstimate(Create(left[0]), values, sum0);
                    sum1 = MultiplyAddEstimate(Create(left[rowStep]), values, sum1);
                    sum2 = MultiplyAddEstimate(Create(left[2 * rowStep]), values, sum2);
                    sum3 = MultiplyAddEstimate(Create(left[3 * rowStep]), values, sum3);
                }

                var target = c + ((nint)row * width) + column;
                sum0.Store(target);
                sum1.Store(target + width);
                sum2.Store(target + (2 * width));
                sum3.Store(target + (3 * width));
            }

            for (; row < count; row++)
            {
                var sum = first;
                float* left = a + (row * rowStep), right = b + column;
                for (var k = 0; k < depth; k++, left += step, right += width)
                {
                    sum = MultiplyAddEstimate(Create(*left), Load(right), sum);
                }

                sum.Store(c + ((nint)row * width) + column);
            }
        }
    }
}

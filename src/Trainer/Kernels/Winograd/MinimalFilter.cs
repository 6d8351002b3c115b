using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace Trainyard.Trainer.Kernels.Winograd;

// Winograd's filter F(4, 3): four values of a filter with three taps by six products instead of twelve, y = A^T [(G w) (B^T d)], of six inputs d; in two dimensions, 16
// values by 36 products instead of 144 (Winograd, 1980; Lavin, Gray, 2016, section 4.1). It multiplies polynomials by their values at the points 0, a, -a, b, -b and
// infinity. With a = 1 and b = 2, as published, the matrices have few decimals, with these points the smaller rounding error (Barabasz et al., 2020, section 5).
internal static unsafe class MinimalFilter
{
    /// <summary>Values of the output along a side of a tile.</summary>
    public const int Outputs = 4;

    /// <summary>Taps along a side of the filter.</summary>
    public const int Taps = 3;

    /// <summary>Values of the input along a side of a tile, and points along a side of the products.</summary>
    public const int Points = Outputs + Taps - 1;

    /// <summary>Points of the products of a tile.</summary>
    public const int PointCount = Points * Points;

    private const float A = 0.625f;
    private const float B = 1.5f;
    private const float A2 = A * A;
    private const float B2 = B * B;

    // One over the product of a point's distances from the others.
    private const float ScaleZero = 1 / (A2 * B2);
    private const float ScaleA = 1 / (2 * A2 * (A2 - B2));
    private const float ScaleB = 1 / (2 * B2 * (B2 - A2));

    // B^T d: six values, step apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input(
        Vector512<float> d0, Vector512<float> d1, Vector512<float> d2, Vector512<float> d3, Vector512<float> d4, Vector512<float> d5, float* to, nint step)
    {
        var sum = Create(-(A2 + B2));
        var product = Create(A2 * B2);
        MultiplyAddEstimate(product, d0, MultiplyAddEstimate(sum, d2, d4)).Store(to);
        var even = MultiplyAddEstimate(Create(-B2), d2, d4);
        var odd = MultiplyAddEstimate(Create(-B2), d1, d3) * A;
        (even + odd).Store(to + step);
        (even - odd).Store(to + (2 * step));
        even = MultiplyAddEstimate(Create(-A2), d2, d4);
        odd = MultiplyAddEstimate(Create(-A2), d1, d3) * B;
        (even + odd).Store(to + (3 * step));
        (even - odd).Store(to + (4 * step));
        MultiplyAddEstimate(product, d1, MultiplyAddEstimate(sum, d3, d5)).Store(to + (5 * step));
    }

    // A^T m, of six values m, step apart: four values.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> First, Vector512<float> Second, Vector512<float> Third, Vector512<float> Fourth) Output(float* from, nint step)
    {
        Vector512<float> m0 = Load(from), m1 = Load(from + step), m2 = Load(from + (2 * step)), m3 = Load(from + (3 * step)), m4 = Load(from + (4 * step)), m5 = Load(from + (5 * step));
        var (evenA, oddA, evenB, oddB) = (m1 + m2, m1 - m2, m3 + m4, m3 - m4);
        return (
            m0 + evenA + evenB,
            MultiplyAddEstimate(Create(A), oddA, oddB * B),
            MultiplyAddEstimate(Create(A2), evenA, evenB * B2),
            MultiplyAddEstimate(Create(A * A2), oddA, MultiplyAddEstimate(Create(B * B2), oddB, m5)));
    }

    // A y, for the gradient y of an output: six values, step apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputGradient(Vector512<float> y0, Vector512<float> y1, Vector512<float> y2, Vector512<float> y3, float* to, nint step)
    {
        y0.Store(to);
        var even = MultiplyAddEstimate(Create(A2), y2, y0);
        var odd = MultiplyAddEstimate(Create(A2), y3, y1) * A;
        (even + odd).Store(to + step);
        (even - odd).Store(to + (2 * step));
        even = MultiplyAddEstimate(Create(B2), y2, y0);
        odd = MultiplyAddEstimate(Create(B2), y3, y1) * B;
        (even + odd).Store(to + (3 * step));
        (even - odd).Store(to + (4 * step));
        y3.Store(to + (5 * step));
    }

    // G w, of three values w, fromStep apart: six values, step apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Filter(float* from, nint fromStep, float* to, nint step)
    {
        Vector512<float> w0 = Load(from), w1 = Load(from + fromStep), w2 = Load(from + (2 * fromStep));
        (w0 * ScaleZero).Store(to);
        var even = MultiplyAddEstimate(Create(A2 * ScaleA), w2, w0 * ScaleA);
        var odd = w1 * (A * ScaleA);
        (even + odd).Store(to + step);
        (even - odd).Store(to + (2 * step));
        even = MultiplyAddEstimate(Create(B2 * ScaleB), w2, w0 * ScaleB);
        odd = w1 * (B * ScaleB);
        (even + odd).Store(to + (3 * step));
        (even - odd).Store(to + (4 * step));
        w2.Store(to + (5 * step));
    }

    // G^T u, of six values u of the gradient of a transformed filter, step apart: three values.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> First, Vector512<float> Second, Vector512<float> Third) FilterGradient(float* from, nint step)
    {
        Vector512<float> u0 = Load(from), u1 = Load(from + step), u2 = Load(from + (2 * step)), u3 = Load(from + (3 * step)), u4 = Load(from + (4 * step)), u5 = Load(from + (5 * step));
        var (evenA, oddA, evenB, oddB) = (u1 + u2, u1 - u2, u3 + u4, u3 - u4);
        return (
            MultiplyAddEstimate(Create(ScaleZero), u0, MultiplyAddEstimate(Create(ScaleA), evenA, evenB * ScaleB)),
            MultiplyAddEstimate(Create(A * ScaleA), oddA, oddB * (B * ScaleB)),
            MultiplyAddEstimate(Create(A2 * ScaleA), evenA, MultiplyAddEstimate(Create(B2 * ScaleB), evenB, u5)));
    }
}

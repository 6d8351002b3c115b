using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Trainyard.Trainer.Kernels;

/// <summary>Functions of several float32 values at once that the runtime does not have. NaN stays NaN, except for <see cref="Sign"/>.</summary>
internal static class VectorMath
{
    // e^x: x = n ln 2 + r with |r| <= ln 2 / 2; e^r = 1 + r + r^2 q(r), with q interpolated at Chebyshev nodes (relative error 1e-8), times 2^n by the exponent bits.
    // Adding 1.5 x 2^23 rounds to an integer, which then is in the low bits. Results stay within the normal numbers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        var rounder = Vector512.Create(12582912f);
        x = Vector512.MinNative(Vector512.Create(88f), Vector512.MaxNative(Vector512.Create(-87f), x));
        var shifted = Vector512.MultiplyAddEstimate(x, Vector512.Create(1.44269504f), rounder);
        var n = shifted - rounder;
        var r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-0.693359375f), x);  // ln 2 in two parts, the first exact in few bits
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(2.12194440e-4f), r);
        var q = Vector512.MultiplyAddEstimate(Vector512.Create(1.39263e-3f), r, Vector512.Create(8.36323e-3f));
        q = Vector512.MultiplyAddEstimate(q, r, Vector512.Create(4.166655e-2f));
        q = Vector512.MultiplyAddEstimate(q, r, Vector512.Create(1.6666577e-1f));
        q = Vector512.MultiplyAddEstimate(q, r, Vector512.Create(0.5f));
        var fraction = Vector512.MultiplyAddEstimate(q * r, r, r) + Vector512<float>.One;
        return (fraction.AsInt32() + (shifted.AsInt32() << 23)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Reciprocal(Vector512<float>.One + Exp(-x));

    // 1 / x, for x whose reciprocal is a normal number: an estimate of 14 bits and one step of Newton's method where the processor has it, faster than a division.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Reciprocal(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512<float>.One / x;
        }

        var estimate = Avx512F.Reciprocal14(x);
        return Vector512.MultiplyAddEstimate(estimate, Vector512.MultiplyAddEstimate(-x, estimate, Vector512<float>.One), estimate);
    }

    // The standard normal distribution's density and cumulative distribution; the latter by Abramowitz, Stegun, 1964, equation 7.1.26 (absolute error 1e-7).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> Density, Vector512<float> Cumulative) Normal(Vector512<float> x)
    {
        // The estimate of a reciprocal of infinity is no number.
        var size = Vector512.MinNative(Vector512.Create(1e30f), Vector512.Abs(x) * 0.70710678f);
        var bell = Exp(-(size * size));
        var t = Reciprocal(Vector512.MultiplyAddEstimate(size, Vector512.Create(0.3275911f), Vector512<float>.One));
        var series = Vector512.MultiplyAddEstimate(Vector512.Create(1.061405429f), t, Vector512.Create(-1.453152027f));
        series = Vector512.MultiplyAddEstimate(series, t, Vector512.Create(1.421413741f));
        series = Vector512.MultiplyAddEstimate(series, t, Vector512.Create(-0.284496736f));
        series = Vector512.MultiplyAddEstimate(series, t, Vector512.Create(0.254829592f));
        var tail = series * t * bell * 0.5f;
        return (bell * 0.39894228f, Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), tail, Vector512<float>.One - tail));
    }

    /// <summary>-1, 0 or 1; 0 for NaN.</summary>
    public static Vector<float> Sign(Vector<float> x) => Vector.ConditionalSelect(
        Vector.GreaterThan(x, Vector<float>.Zero), Vector<float>.One, Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), -Vector<float>.One, Vector<float>.Zero));
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace Trainyard.Trainer.Kernels;

// An activation f of 16 values. Falling and rising at most once, each takes its maximum over some values at the largest of them or, unless it is increasing, at
// the smallest.
internal interface IActivation
{
    static abstract bool IsIncreasing { get; }

    Vector512<float> Value(Vector512<float> x);

    /// <summary>gradient f'(x).</summary>
    Vector512<float> Backward(Vector512<float> x, Vector512<float> gradient);
}

internal readonly struct Identity : IActivation
{
    public static bool IsIncreasing => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Value(Vector512<float> x) => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Backward(Vector512<float> x, Vector512<float> gradient) => gradient;
}

/// <summary>0 where not positive, x elsewhere.</summary>
internal readonly struct Relu : IActivation
{
    public static bool IsIncreasing => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Value(Vector512<float> x) => ConditionalSelect(LessThanOrEqual(x, Vector512<float>.Zero), Vector512<float>.Zero, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Backward(Vector512<float> x, Vector512<float> gradient) =>
        ConditionalSelect(LessThanOrEqual(x, Vector512<float>.Zero), Vector512<float>.Zero, gradient);
}

/// <summary>x where positive, slope x elsewhere.</summary>
internal readonly struct LeakyRelu(float slope) : IActivation
{
    public static bool IsIncreasing => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Value(Vector512<float> x) => ConditionalSelect(GreaterThan(x, Vector512<float>.Zero), x, x * slope);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Backward(Vector512<float> x, Vector512<float> gradient) =>
        ConditionalSelect(GreaterThan(x, Vector512<float>.Zero), gradient, gradient * slope);
}

/// <summary>scale x where positive, scale alpha (e^x - 1) elsewhere: ELU, SELU.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Elu(float alpha, float scale) : IActivation
{
    public static bool IsIncreasing => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Value(Vector512<float> x) =>
        ConditionalSelect(GreaterThan(x, Vector512<float>.Zero), x, (VectorMath.Exp(x) - Vector512<float>.One) * alpha) * scale;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Backward(Vector512<float> x, Vector512<float> gradient) =>
        ConditionalSelect(GreaterThan(x, Vector512<float>.Zero), gradient, gradient * (VectorMath.Exp(x) * alpha)) * scale;
}

/// <summary>x sigmoid(x).</summary>
internal readonly struct Silu : IActivation
{
    public static bool IsIncreasing => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Value(Vector512<float> x) => x * VectorMath.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Backward(Vector512<float> x, Vector512<float> gradient)
    {
        var sigmoid = VectorMath.Sigmoid(x);
        return gradient * sigmoid * MultiplyAddEstimate(x, Vector512<float>.One - sigmoid, Vector512<float>.One);
    }
}

/// <summary>x times the normal distribution's share below x.</summary>
internal readonly struct Gelu : IActivation
{
    public static bool IsIncreasing => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Value(Vector512<float> x) => x * VectorMath.Normal(x).Cumulative;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Backward(Vector512<float> x, Vector512<float> gradient)
    {
        var (density, cumulative) = VectorMath.Normal(x);
        return gradient * MultiplyAddEstimate(x, density, cumulative);
    }
}

internal readonly struct Sigmoid : IActivation
{
    public static bool IsIncreasing => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Value(Vector512<float> x) => VectorMath.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Backward(Vector512<float> x, Vector512<float> gradient)
    {
        var sigmoid = VectorMath.Sigmoid(x);
        return gradient * sigmoid * (Vector512<float>.One - sigmoid);
    }
}

internal readonly struct Tanh : IActivation
{
    public static bool IsIncreasing => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Value(Vector512<float> x) => (VectorMath.Sigmoid(x + x) * 2f) - Vector512<float>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Backward(Vector512<float> x, Vector512<float> gradient)
    {
        var tanh = Value(x);
        return gradient * (Vector512<float>.One - (tanh * tanh));
    }
}

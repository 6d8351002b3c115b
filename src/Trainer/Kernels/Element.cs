using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Trainyard.Trainer.Kernels;

/// <summary>A number format in memory that is computed with as float32, 16 values at a time.</summary>
internal interface IElement<TSelf>
    where TSelf : unmanaged, IElement<TSelf>
{
    static abstract unsafe Vector512<float> Load(TSelf* from);

    static abstract unsafe void Store(Vector512<float> values, TSelf* to);
}

internal readonly struct Float32 : IElement<Float32>
{
#pragma warning disable CS0169, IDE0051 // The layout in memory; the value is only read as part of a vector.
    private readonly float value;
#pragma warning restore CS0169, IDE0051

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector512<float> Load(Float32* from) => Vector512.Load((float*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Vector512<float> values, Float32* to) => values.Store((float*)to);
}

/// <summary>The upper half of a float32. Stored values are rounded to the nearest, ties to even, as torch does.</summary>
internal readonly struct Bfloat16 : IElement<Bfloat16>
{
#pragma warning disable CS0169, IDE0051 // As above.
    private readonly ushort bits;
#pragma warning restore CS0169, IDE0051

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector512<float> Load(Bfloat16* from)
    {
        var halves = Vector256.Load((ushort*)from);
        var wide = Avx512F.IsSupported
            ? Avx512F.ConvertToVector512UInt32(halves)
            : Vector512.Create(Vector256.WidenLower(halves), Vector256.WidenUpper(halves));
        return (wide << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Vector512<float> values, Bfloat16* to)
    {
        // Half of the last kept place, less one where that place is even already. NaN would carry into the sign: it keeps its own upper half, made quiet.
        var wide = values.AsUInt32();
        var rounded = (wide + Vector512.Create(0x7FFFu) + ((wide >> 16) & Vector512<uint>.One)) >> 16;
        rounded = Vector512.ConditionalSelect(Vector512.Equals(values, values).AsUInt32(), rounded, (wide >> 16) | Vector512.Create(0x40u));
        var halves = Avx512F.IsSupported ? Avx512F.ConvertToVector256UInt16(rounded) : Vector256.Narrow(rounded.GetLower(), rounded.GetUpper());
        halves.Store((ushort*)to);
    }
}

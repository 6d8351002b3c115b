using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trainyard.Trainer.Kernels;

/// <summary>Images, channels last: moving the pixels of a row, and bytes to normalized float32.</summary>
internal static class ImageBytes
{
    // x * scale + shift for each value, rounded after the product as tensor operations do. scale, shift: One for each value.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalize(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> values)
    {
        ref var source = ref MemoryMarshal.GetReference(pixels);
        ref var factor = ref MemoryMarshal.GetReference(scale);
        ref var summand = ref MemoryMarshal.GetReference(shift);
        ref var target = ref MemoryMarshal.GetReference(values);
        var index = 0;
        for (; index <= pixels.Length - Vector128<byte>.Count; index += Vector128<byte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref source, (nuint)index));
            Store(low, index, ref factor, ref summand, ref target);
            Store(high, index + Vector128<ushort>.Count, ref factor, ref summand, ref target);
        }

        for (; index < pixels.Length; index++)
        {
            var product = pixels[index] * scale[index];
            values[index] = product + shift[index];
        }
    }

    // Column x of a row becomes column x + right of the source, or that column of the source's mirror image; 0 outside of it. channels: Values per pixel.
    public static void Move(ReadOnlySpan<byte> source, int right, bool isMirrored, int channels, Span<byte> row)
    {
        if (!isMirrored)
        {
            // Columns from first to last lie inside.
            var shift = right * channels;
            var (first, last) = (Math.Clamp(-shift, 0, row.Length), Math.Clamp(row.Length - shift, 0, row.Length));
            row.Clear();
            if (first < last)
            {
                source[(first + shift)..(last + shift)].CopyTo(row[first..]);
            }

            return;
        }

        var width = row.Length / channels;
        for (var x = 0; x < width; x++)
        {
            var from = right + width - 1 - x;
            for (var channel = 0; channel < channels; channel++)
            {
                row[(x * channels) + channel] = from >= 0 && from < width ? source[(from * channels) + channel] : (byte)0;
            }
        }
    }

    // Eight values.
    private static void Store(Vector128<ushort> numbers, int index, ref float scale, ref float shift, ref float target)
    {
        var (low, high) = Vector128.Widen(numbers);
        var singles = Vector256.ConvertToSingle(Vector256.Create(low, high).AsInt32());
        ((singles * Vector256.LoadUnsafe(ref scale, (nuint)index)) + Vector256.LoadUnsafe(ref shift, (nuint)index)).StoreUnsafe(ref target, (nuint)index);
    }
}

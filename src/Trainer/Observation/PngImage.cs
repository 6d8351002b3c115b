using System.Buffers.Binary;
using System.IO.Compression;
using Trainyard.Trainer.Datasets;

namespace Trainyard.Trainer.Observation;

/// <summary>Writes small images as PNG files (ISO/IEC 15948): 8 bits, gray or RGB, no filter.</summary>
internal static class PngImage
{
    private const byte Gray = 0;
    private const byte Rgb = 2;

    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(Remainder)];

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A sample as a PNG file; null when it is no image of one or three channels.</summary>
    public static byte[]? Of(SampleSet samples, int index)
    {
        if (samples.Format != ScalarType.Byte || samples.Shape is not [1 or 3, _, _])
        {
            return null;
        }

        var size = samples.Shape[0] * samples.Shape[1] * samples.Shape[2];
        return Encode(samples.Values.AsSpan(index * size, size), samples.Shape[2], samples.Shape[1]);
    }

    // pixels: [height, width] gray or [height, width, 3] RGB values.
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = pixels.Length == width * height ? Gray : Rgb;

        using var file = new MemoryStream();
        file.Write(Signature);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(pixels, pixels.Length / height));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int rowBytes)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var row = 0; row < pixels.Length; row += rowBytes)
            {
                zlib.WriteByte(0);  // the row's filter: none
                zlib.Write(pixels.Slice(row, rowBytes));
            }
        }

        return compressed.ToArray();
    }

    // Length, type, data, and the CRC of the last two.
    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc = Remainders[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return crc;
    }

    // Of one byte, divided by the polynomial of ISO 3309, lowest bit first.
    private static uint Remainder(int value)
    {
        var crc = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return crc;
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Checkpoints;

/// <summary>
/// The format of a checkpoint file: the 8 bytes <c>TRNYARD1</c>; length of the header as a little-endian 64-bit number; the header as JSON
/// (<see cref="CheckpointHeader"/>), padded with spaces to a multiple of 64; the tensors one after the other; SHA-256 of all of that, 32 bytes.
/// </summary>
internal static class CheckpointFile
{
    private const int Alignment = 64;
    private const int Block = 1 << 20;

    private static ReadOnlySpan<byte> Magic => "TRNYARD1"u8;

    /// <summary>Writes a file and flushes it to the disk.</summary>
    /// <param name="path">A path that must not exist.</param>
    /// <param name="header">The description; its tensor list is made here.</param>
    /// <param name="tensors">What to store, by name.</param>
    /// <returns>Size and SHA-256 of the file.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static (long Bytes, string Sha256) Write(string path, CheckpointHeader header, IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        using var scope = NewDisposeScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);

        void Append(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            file.Write(bytes);
        }

        var json = Describe(header, tensors);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        Append(Magic);
        Append(length);
        Append(json);
        foreach (var (_, tensor) in tensors)
        {
            // Channels-last tensors become row by row; others are not copied.
            Append(tensor.detach().cpu().contiguous().bytes);
        }

        Append(hash.GetCurrentHash());
        file.Flush(flushToDisk: true);
        return (file.Position, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Reads the header of an intact file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or not a checkpoint.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CheckpointHeader ReadHeader(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[Magic.Length + sizeof(long)];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.StartsWith(Magic)
            ? BinaryPrimitives.ReadInt64LittleEndian(start[Magic.Length..])
            : throw new InvalidDataException("it does not begin like a checkpoint");
        CheckHash(file);
        if (length <= 0 || length > file.Length - start.Length || length > int.MaxValue)
        {
            throw new InvalidDataException($"its header is said to be {length} bytes long");
        }

        var json = new byte[length];
        file.Position = start.Length;
        file.ReadExactly(json);
        try
        {
            return JsonSerializer.Deserialize<CheckpointHeader>(json, SpecJson.Options) ?? throw new InvalidDataException("its header is null");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"its header is not understood: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the tensors of a file into tensors of the same names, formats and shapes.</summary>
    /// <exception cref="InvalidDataException">The file has other tensors.</exception>
    public static void ReadTensors(string path, CheckpointHeader header, IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        var entries = header.Tensors.ToDictionary(entry => entry.Name);
        foreach (var (name, tensor) in tensors)
        {
            // An earlier version kept no best weights: those of the checkpoint stand in.
            if (!entries.ContainsKey(name) && name.StartsWith(BestWeights.Prefix, StringComparison.Ordinal)
                && entries.TryGetValue(name[BestWeights.Prefix.Length..], out var last))
            {
                entries[name] = last;
            }

            if (!entries.TryGetValue(name, out var entry) || entry.Format != $"{tensor.dtype}" || !entry.Shape.SequenceEqual(tensor.shape))
            {
                throw new InvalidDataException($"it does not hold {name} as {tensor.dtype} [{string.Join(", ", tensor.shape)}]");
            }
        }

        using var _ = no_grad();
        using var file = File.OpenRead(path);
        foreach (var (name, target) in tensors)
        {
            using var scope = NewDisposeScope();
            var values = empty(target.shape, target.dtype);
            file.Position = entries[name].Offset;
            file.ReadExactly(values.bytes);
            target.copy_(values);
        }
    }

    private static byte[] Describe(CheckpointHeader header, IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        // Offsets are part of the header, so its length is settled first: with the largest offsets that could be needed.
        byte[] Serialize(long first)
        {
            var offset = first;
            var entries = new List<TensorEntry>(tensors.Count);
            foreach (var (name, tensor) in tensors)
            {
                var bytes = tensor.numel() * tensor.element_size();
                entries.Add(new TensorEntry(name, $"{tensor.dtype}", tensor.shape, offset, bytes));
                offset += bytes;
            }

            return JsonSerializer.SerializeToUtf8Bytes(header with { Tensors = entries }, SpecJson.Options);
        }

        var prefix = Magic.Length + sizeof(long);
        var total = (Serialize(int.MaxValue).Length + prefix + Alignment - 1) / Alignment * Alignment;
        var json = Serialize(total);
        var padded = new byte[total - prefix];
        padded.AsSpan().Fill((byte)' ');
        json.CopyTo(padded, 0);
        return padded;
    }

    private static void CheckHash(FileStream file)
    {
        var hashed = file.Length - SHA256.HashSizeInBytes;
        if (hashed <= 0)
        {
            throw new InvalidDataException("it is too short");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[Block];
        file.Position = 0;
        while (file.Position < hashed)
        {
            var count = file.Read(block, 0, (int)Math.Min(block.Length, hashed - file.Position));
            hash.AppendData(block, 0, count);
        }

        Span<byte> stored = stackalloc byte[SHA256.HashSizeInBytes];
        file.ReadExactly(stored);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(stored))
        {
            throw new InvalidDataException("its SHA-256 does not fit its content");
        }
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Checkpoints;

/// <summary>What a checkpoint holds besides tensors.</summary>
internal sealed record CheckpointHeader
{
    public required JsonObject Spec { get; init; }

    /// <summary>Threads of one operation; another number gives other last bits.</summary>
    public required int Threads { get; init; }

    public required string Engine { get; init; }
    public required Cursor Cursor { get; init; }

    /// <summary>Whether a run of a spec may continue from here: the specs differ in the number of epochs, the time limit and the evaluation of the test set at most.</summary>
    public bool Fits(ExperimentSpec spec) => JsonNode.DeepEquals(OfTraining(Spec), OfTraining(ToJson(spec)));

    public static JsonObject ToJson(ExperimentSpec spec) => JsonNode.Parse(spec.ToJson())!.AsObject();

    // What decides how each step is trained.
    private static JsonNode OfTraining(JsonObject spec)
    {
        var rest = spec.DeepClone();
        var training = rest["training"]!.AsObject();
        training.Remove("epochs");
        training.Remove("timeLimitSeconds");
        training.Remove("evaluateTest");
        return rest;
    }
}

/// <summary>An entry of the safetensors header. Offsets count from the end of the header: the first byte, and the one after the last.</summary>
internal sealed record TensorEntry(string Dtype, long[] Shape, long[] DataOffsets);

// A checkpoint in the safetensors layout (https://huggingface.co/docs/safetensors): length of the header as a little-endian 64-bit number; the header as JSON,
// padded with spaces to a multiple of 64 bytes; the tensors, row by row and without gaps, largest elements first so that each is aligned. __metadata__ holds
// the CheckpointHeader as JSON text. The last tensor, sha256, is the hash of every byte before it.
internal sealed class CheckpointFile
{
    private const string Metadata = "__metadata__";
    private const string HeaderName = "trainyard";
    private const string HashName = "sha256";
    private const int Alignment = 64;
    private const int BlockBytes = 1 << 20;

    private static readonly JsonSerializerOptions LayoutOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string path;
    private readonly long dataStart;

    private CheckpointFile(string path, long dataStart, CheckpointHeader header, IReadOnlyDictionary<string, TensorEntry> tensors)
    {
        this.path = path;
        this.dataStart = dataStart;
        Header = header;
        Tensors = tensors;
    }

    public CheckpointHeader Header { get; }

    public IReadOnlyDictionary<string, TensorEntry> Tensors { get; }

    // Writes a file that must not exist, and flushes it to the disk.
    // Returns size and SHA-256 of the whole file. Throws IOException: the file cannot be written.
    public static (long Bytes, string Sha256) Write(string path, CheckpointHeader header, IEnumerable<(string Name, Tensor Tensor)> tensors)
    {
        using var scope = NewDisposeScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);

        void Append(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            file.Write(bytes);
        }

        (string Name, Tensor Tensor)[] sorted =
            [.. tensors.OrderByDescending(entry => entry.Tensor.element_size()).ThenBy(entry => entry.Name, StringComparer.Ordinal)];
        Append(Describe(header, sorted));
        foreach (var (_, tensor) in sorted)
        {
            // Copies only what lies in another order or on another device, such as channels-last filters.
            Append(tensor.detach().cpu().contiguous().bytes);
        }

        Append(hash.GetCurrentHash());
        file.Flush(flushToDisk: true);
        return (file.Position, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Opens an intact file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or not a checkpoint.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CheckpointFile Open(string path)
    {
        using var file = File.OpenRead(path);
        var prefix = new byte[sizeof(long)];
        var length = file.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) == prefix.Length ? BinaryPrimitives.ReadInt64LittleEndian(prefix) : 0;
        if (length <= 0 || length > Math.Min(int.MaxValue, file.Length - prefix.Length - SHA256.HashSizeInBytes))
        {
            throw new InvalidDataException($"a file of {file.Length} bytes cannot have a header of {length}");
        }

        var json = new byte[length];
        file.ReadExactly(json);
        CheckHash(file);
        try
        {
            var entries = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
            entries.Remove(Metadata, out var metadata);
            var header = JsonSerializer.Deserialize<CheckpointHeader>(metadata.GetProperty(HeaderName).GetString()!, SpecJson.Options)!;
            return new CheckpointFile(
                path, prefix.Length + length, header, entries.ToDictionary(entry => entry.Key, entry => entry.Value.Deserialize<TensorEntry>(LayoutOptions)!));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"its header is invalid: {exception.Message}", exception);
        }
    }

    /// <summary>Copies the file's tensors into tensors of the same names, number formats and shapes.</summary>
    /// <exception cref="InvalidDataException">The file does not hold all of them; none was changed.</exception>
    public void CopyTo(IReadOnlyList<(string Name, Tensor Tensor)> targets)
    {
        foreach (var (name, target) in targets)
        {
            if (!Tensors.TryGetValue(name, out var entry) || entry.Dtype != DtypeOf(target) || !entry.Shape.AsSpan().SequenceEqual(target.shape))
            {
                throw new InvalidDataException($"it does not hold {name} as {DtypeOf(target)} [{string.Join(", ", target.shape)}]");
            }
        }

        using var _ = no_grad();
        using var file = File.OpenRead(path);
        foreach (var (name, target) in targets)
        {
            using var scope = NewDisposeScope();
            var values = empty(target.shape, target.dtype);
            file.Position = dataStart + Tensors[name].DataOffsets[0];
            file.ReadExactly(values.bytes);
            target.copy_(values);
        }
    }

    // The length of the header and the padded header.
    private static byte[] Describe(CheckpointHeader header, (string Name, Tensor Tensor)[] tensors)
    {
        var entries = new Dictionary<string, object>
        {
            [Metadata] = new Dictionary<string, string> { ["format"] = "pt", [HeaderName] = JsonSerializer.Serialize(header, SpecJson.Options) },
        };
        long offset = 0;
        foreach (var (name, tensor) in tensors)
        {
            var end = offset + (tensor.numel() * tensor.element_size());
            entries.Add(name, new TensorEntry(DtypeOf(tensor), tensor.shape, [offset, end]));
            offset = end;
        }

        entries.Add(HashName, new TensorEntry("U8", [SHA256.HashSizeInBytes], [offset, offset + SHA256.HashSizeInBytes]));
        var json = JsonSerializer.SerializeToUtf8Bytes(entries, LayoutOptions);
        var described = new byte[(sizeof(long) + json.Length + Alignment - 1) / Alignment * Alignment];
        described.AsSpan().Fill((byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(described, described.Length - sizeof(long));
        json.CopyTo(described, sizeof(long));
        return described;
    }

    private static string DtypeOf(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float64 => "F64",
        ScalarType.Float32 => "F32",
        ScalarType.BFloat16 => "BF16",
        ScalarType.Int64 => "I64",
        ScalarType.Byte => "U8",
        var other => throw new NotSupportedException($"A checkpoint does not store tensors of the format {other}."),
    };

    private static void CheckHash(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[BlockBytes];
        var hashed = file.Length - SHA256.HashSizeInBytes;
        file.Position = 0;
        while (file.Position < hashed)
        {
            hash.AppendData(block, 0, file.Read(block, 0, (int)Math.Min(block.Length, hashed - file.Position)));
        }

        var stored = new byte[SHA256.HashSizeInBytes];
        file.ReadExactly(stored);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(stored))
        {
            throw new InvalidDataException("its SHA-256 does not match its content");
        }
    }
}

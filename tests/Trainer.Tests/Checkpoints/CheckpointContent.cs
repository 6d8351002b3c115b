using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Trainyard.Trainer.Tests.Checkpoints;

/// <summary>Reads checkpoints by the published rules of the safetensors format, with none of the product's code.</summary>
internal static class CheckpointContent
{
    private static readonly Dictionary<string, int> ElementSizes = new(StringComparer.Ordinal)
    {
        ["BOOL"] = 1, ["U8"] = 1, ["I8"] = 1, ["I16"] = 2, ["U16"] = 2, ["F16"] = 2, ["BF16"] = 2, ["I32"] = 4, ["U32"] = 4, ["F32"] = 4, ["F64"] = 8, ["I64"] = 8,
        ["U64"] = 8,
    };

    public static string[] Files(TemporaryFolder folder) =>
        [.. Directory.GetFiles(folder.File("run/checkpoints"), "step-*.safetensors").Order(StringComparer.Ordinal)];

    public static string Newest(TemporaryFolder folder) => Files(folder)[^1];

    /// <summary>SHA-256 of the values of every tensor: weights, buffers, optimizer state; not of the times in the header.</summary>
    public static string TensorsSha256(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in Read(path).Where(entry => entry.Key != "sha256"))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(tensor.Bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The tensors by name, after a check of every rule of the format.</summary>
    public static SortedDictionary<string, (string Dtype, long[] Shape, byte[] Bytes, long Offset)> Read(string path)
    {
        var content = File.ReadAllBytes(path);
        var headerLength = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(content));
        Assert.InRange(headerLength, 2, 100_000_000);
        var json = content.AsMemory(8, headerLength);
        Assert.Equal((byte)'{', json.Span[0]);
        Assert.True(json.Span.TrimEnd((byte)' ')[^1] == '}', "The header is padded with something else than spaces.");
        using var header = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });

        var data = content.AsSpan(8 + headerLength);
        var tensors = new SortedDictionary<string, (string Dtype, long[] Shape, byte[] Bytes, long Offset)>(StringComparer.Ordinal);
        var ranges = new List<(long Begin, long End)>();
        foreach (var entry in header.RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
            {
                Assert.All(entry.Value.EnumerateObject(), member => Assert.Equal(JsonValueKind.String, member.Value.ValueKind));
                continue;
            }

            Assert.Equal(["dtype", "shape", "data_offsets"], entry.Value.EnumerateObject().Select(member => member.Name));
            var dtype = entry.Value.GetProperty("dtype").GetString()!;
            long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64())];
            long[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
            Assert.Equal(2, offsets.Length);
            Assert.Equal(shape.Aggregate((long)ElementSizes[dtype], (product, side) => checked(product * side)), offsets[1] - offsets[0]);
            Assert.Equal(0, (8 + headerLength + offsets[0]) % ElementSizes[dtype]);
            ranges.Add((offsets[0], offsets[1]));
            tensors.Add(entry.Name, (dtype, shape, data[(int)offsets[0]..(int)offsets[1]].ToArray(), 8 + headerLength + offsets[0]));
        }

        long position = 0;
        foreach (var (begin, end) in ranges.Order())
        {
            Assert.Equal(position, begin);
            position = end;
        }

        Assert.Equal(data.Length, position);
        return tensors;
    }
}

using System.Security.Cryptography;
using Trainyard.Trainer.Checkpoints;

namespace Trainyard.Trainer.Tests.Checkpoints;

/// <summary>What is in the checkpoints of a run's folder.</summary>
internal static class CheckpointContent
{
    public static string[] Files(TemporaryFolder folder) =>
        [.. Directory.GetFiles(folder.File("run/checkpoints"), "step-*.ckpt").Order(StringComparer.Ordinal)];

    public static string Newest(TemporaryFolder folder) => Files(folder)[^1];

    /// <summary>SHA-256 of the values of every tensor: weights, statistics, optimizer state; not of times.</summary>
    public static string TensorsSha256(string path)
    {
        var header = CheckpointFile.ReadHeader(path);
        var content = File.ReadAllBytes(path);
        var first = (int)header.Tensors[0].Offset;
        return Convert.ToHexStringLower(SHA256.HashData(content.AsSpan(first, (int)header.Tensors.Sum(entry => entry.Bytes))));
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Trainer.Datasets;

/// <summary>Training samples, of which some are held out for validation, and test samples.</summary>
internal sealed record Dataset(SampleSet Train, SampleSet Test);

/// <summary>Samples in memory as they were read or generated, before any conversion.</summary>
internal sealed record SampleSet
{
    private byte[] values = [];

    /// <summary>Shape of one sample: [C, H, W] for images, [features] for points.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>uint8 for images, 0 to 255, channels last: [N, H, W, C]; float32 for points: [N, features].</summary>
    public required ScalarType Format { get; init; }

    public required byte[] Values { get => values; init => values = value; }

    /// <summary>Class of each sample, from 0.</summary>
    public required byte[] Labels { get; init; }

    public int Count => Labels.Length;

    /// <summary>Gives the memory of the values back; shape, format and labels stay.</summary>
    public void DropValues() => values = [];

    /// <summary>A set of one sample alone.</summary>
    public SampleSet Only(int index)
    {
        var size = Values.Length / Count;
        return this with { Values = Values[(index * size)..((index + 1) * size)], Labels = [Labels[index]] };
    }
}

internal static class DatasetFingerprint
{
    /// <summary>SHA-256 over shape, samples and labels of training and test data, 64 lower-case hexadecimal digits.</summary>
    public static string Compute(Dataset dataset)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var set in (SampleSet[])[dataset.Train, dataset.Test])
        {
            // The sizes keep samples and labels apart.
            var shape = string.Join('x', set.Shape.Prepend(set.Count).Select(size => size.ToString(CultureInfo.InvariantCulture)));
            hash.AppendData(Encoding.ASCII.GetBytes($"{shape} {set.Format};"));
            hash.AppendData(set.Values);
            hash.AppendData(set.Labels);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

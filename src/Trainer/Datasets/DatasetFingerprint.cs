using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Trainer.Datasets;

/// <summary>Tells datasets apart by content.</summary>
internal static class DatasetFingerprint
{
    /// <summary>SHA-256 over shape, samples and labels of training and test data, 64 lower-case hexadecimal digits.</summary>
    public static string Of(Dataset dataset)
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

using Trainyard.Specs.Events;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Datasets;

/// <summary>
/// CIFAR-10 (Krizhevsky, 2009): colour images of 32 x 32 in 10 classes, from the publisher's binary files. A record is a label byte and 3,072 bytes of
/// pixels: 1,024 red, 1,024 green, 1,024 blue, row by row. The publisher's set has five files of 10,000 training images; fewer files or records are taken
/// as they are.
/// </summary>
internal static class Cifar10
{
    private const string TestFile = "test_batch.bin";
    private const int Side = 32;
    private const int Channels = 3;
    private const int Plane = Side * Side;
    private const int Record = 1 + (Channels * Plane);
    private const int Classes = 10;
    private const string Help =
        "Get cifar-10-binary.tar.gz from https://www.cs.toronto.edu/~kriz/cifar.html and unpack it: data_batch_1.bin to data_batch_5.bin and test_batch.bin.";

    // The names of the catalog and of the publisher's archive.
    private static readonly string[] Names = ["cifar-10", "cifar-10-batches-bin"];

    /// <summary>Where to look, first to last.</summary>
    /// <param name="datasets">A person's folder of datasets; null: none was given.</param>
    public static IReadOnlyList<string> Folders(string? datasets) =>
        [.. new[] { datasets, "/usr/share/datasets" }.OfType<string>().SelectMany(parent => Names.Select(name => Path.Combine(parent, name)))];

    /// <summary>Reads the files from the first folder that exists.</summary>
    /// <exception cref="RunFailureException">No folder exists, or a file is missing or damaged.</exception>
    public static Dataset Load(IReadOnlyList<string> folders)
    {
        var folder = folders.FirstOrDefault(Directory.Exists) ?? throw new RunFailureException(
            FailureClass.InvalidData,
            $"CIFAR-10 is not on this machine; looked in {string.Join(" and ", folders)}. {Help} Put them into a folder '{Names[0]}' and name its parent with --datasets.");
        var train = Enumerable.Range(1, 5).Select(number => Path.Combine(folder, $"data_batch_{number}.bin")).Where(File.Exists).ToArray();
        var test = Path.Combine(folder, TestFile);
        if (train.Length == 0 || !File.Exists(test))
        {
            throw new RunFailureException(
                FailureClass.InvalidData, $"{(train.Length == 0 ? Path.Combine(folder, "data_batch_1.bin") : test)} is missing. {Help}");
        }

        return new Dataset(Read(train), Read([test]));
    }

    private static SampleSet Read(string[] paths)
    {
        var files = Array.ConvertAll(paths, ReadRecords);
        var count = files.Sum(file => file.Length / Record);
        var pixels = new byte[count * Channels * Plane];
        var labels = new byte[count];
        var first = 0;
        for (var file = 0; file < files.Length; file++)
        {
            var records = files[file];
            var start = first;
            var wrong = Enumerable.Range(0, records.Length / Record).FirstOrDefault(index => records[index * Record] >= Classes, -1);
            if (wrong >= 0)
            {
                throw Damaged(paths[file], $"labels from 0 to {Classes - 1}", $"{records[wrong * Record]} at record {wrong}");
            }

            Parallel.For(0, records.Length / Record, index =>
            {
                var record = records.AsSpan(index * Record, Record);
                labels[start + index] = record[0];
                Interleave(record[1..], pixels.AsSpan((start + index) * Channels * Plane, Channels * Plane));
            });
            first += records.Length / Record;
        }

        return new SampleSet { Shape = [Channels, Side, Side], Format = ScalarType.Byte, Values = pixels, Labels = labels };
    }

    // Three planes one after the other to three values per pixel.
    private static void Interleave(ReadOnlySpan<byte> planes, Span<byte> pixels)
    {
        for (var position = 0; position < Plane; position++)
        {
            for (var channel = 0; channel < Channels; channel++)
            {
                pixels[(position * Channels) + channel] = planes[(channel * Plane) + position];
            }
        }
    }

    private static byte[] ReadRecords(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return bytes.Length > 0 && bytes.Length % Record == 0
                ? bytes
                : throw Damaged(path, $"a whole number of records of {Record} bytes", $"{bytes.Length} bytes");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailureException(FailureClass.InvalidData, $"{path} cannot be read: {exception.Message}", exception);
        }
    }

    private static RunFailureException Damaged(string path, string expected, string actual) =>
        new(FailureClass.InvalidData, $"{path} is damaged: expected {expected}, found {actual}. Replace the file.");
}

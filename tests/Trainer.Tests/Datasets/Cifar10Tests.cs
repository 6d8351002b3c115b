using Trainyard.Specs.Events;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Tests.Datasets;

public sealed class Cifar10Tests
{
    [Theory]
    [InlineData("cifar-10")]
    [InlineData("cifar-10-batches-bin")]
    public void Load_FewerFilesThanThePublishers_TakesTheirRecordsAndPutsChannelsLast(string name)
    {
        using var datasets = new TemporaryFolder();
        Write(datasets, name, "data_batch_1.bin", Record(3, 10, 20, 30), Record(9, 1, 2, 3));
        Write(datasets, name, "data_batch_2.bin", Record(0, 7, 8, 9));
        Write(datasets, name, "test_batch.bin", Record(5, 4, 5, 6));
        var dataset = Cifar10.Load(Cifar10.Folders(datasets.Path));
        Assert.Equal([3, 9, 0], dataset.Train.Labels);
        Assert.Equal([5], dataset.Test.Labels);
        Assert.Equal([3, 32, 32], dataset.Train.Shape);
        // red, green and blue of the first pixel, then the last pixel of the second image, whose planes rise by one
        Assert.Equal([10, 20, 30], dataset.Train.Values[..3]);
        Assert.Equal([2, 3, 4], dataset.Train.Values[((2 * 3072) - 3)..(2 * 3072)]);
    }

    [Fact]
    public void Load_NoFolder_NamesTheFilesTheAddressAndTheFolders()
    {
        var failure = Assert.Throws<RunFailureException>(() => Cifar10.Load(["/nowhere/cifar-10"]));
        Assert.Equal(FailureClass.InvalidData, failure.Class);
        Assert.All(
            new[] { "/nowhere/cifar-10", "data_batch_1.bin", "test_batch.bin", "cs.toronto.edu", "--datasets" },
            part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_MissingOrDamagedFiles_SaysWhich()
    {
        using var datasets = new TemporaryFolder();
        Write(datasets, "cifar-10", "data_batch_1.bin", Record(3, 1, 2, 3));
        Assert.Contains("test_batch.bin is missing", Failure(datasets), StringComparison.Ordinal);
        Write(datasets, "cifar-10", "test_batch.bin", Record(3, 1, 2, 3)[..^1]);
        Assert.Contains("3072 bytes", Failure(datasets), StringComparison.Ordinal);
        Write(datasets, "cifar-10", "test_batch.bin", Record(2, 1, 2, 3), Record(10, 1, 2, 3));
        Assert.Contains("found 10 at record 1", Failure(datasets), StringComparison.Ordinal);
    }

    private static string Failure(TemporaryFolder datasets) => Assert.Throws<RunFailureException>(() => Cifar10.Load(Cifar10.Folders(datasets.Path))).Message;

    // Each plane has its value, but for the last pixel, which is one more.
    private static byte[] Record(byte label, byte red, byte green, byte blue) =>
        [label, .. Plane(red), .. Plane(green), .. Plane(blue)];

    private static IEnumerable<byte> Plane(byte value) => Enumerable.Repeat(value, 1023).Append((byte)(value + 1));

    private static void Write(TemporaryFolder datasets, string folder, string file, params byte[][] records)
    {
        Directory.CreateDirectory(datasets.File(folder));
        File.WriteAllBytes(Path.Combine(datasets.File(folder), file), [.. records.SelectMany(record => record)]);
    }
}

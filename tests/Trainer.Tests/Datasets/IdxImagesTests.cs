using System.IO.Compression;
using System.Security.Cryptography;
using Trainyard.Specs.Events;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Tests.Datasets;

[Trait("Needs", "files")]
public sealed class IdxImagesTests
{
    // No process listens there.
    private static readonly Uri Nothing = new("http://127.0.0.1:1");

    [Fact]
    public async Task Load_DebianPackage_HasAllImagesInTenBalancedClasses()
    {
        var dataset = await IdxImages.FashionMnist.LoadAsync(new DatasetLocations { Folder = "/nowhere", Mirror = Nothing }, TestDownloader.Quiet, TestContext.Current.CancellationToken);
        Assert.Equal((60_000, 10_000), (dataset.Train.Count, dataset.Test.Count));
        Assert.All(dataset.Train.Labels.CountBy(label => label), count => Assert.Equal(6_000, count.Value));
        Assert.Equal(60_000 * 784, dataset.Train.Values.Length);
        // The well-known mean of the training images, 0.2860.
        Assert.Equal(0.2860, dataset.Train.Values.Average(value => (double)value) / 255, 0.0001);
    }

    [Fact]
    public async Task Load_DebianPackageAsAMirror_PassesThePublishersSums()
    {
        using var datasets = new TemporaryFolder();
        await using var server = new FixtureServer();
        foreach (var file in IdxImages.FashionMnist.Files)
        {
            var path = Path.Combine("/usr/share/datasets/fashion-mnist", file.Name);
            server.Files[$"/fashion-mnist/{file.Name}"] = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        }

        var places = new DatasetLocations { Folder = datasets.Path, SystemFolder = "/nowhere", Mirror = server.Address };
        var dataset = await IdxImages.FashionMnist.LoadAsync(places, TestDownloader.Quiet, TestContext.Current.CancellationToken);
        Assert.Equal((60_000, 10_000), (dataset.Train.Count, dataset.Test.Count));
        Assert.Equal(4, Directory.GetFiles(datasets.File("fashion-mnist")).Length);
    }

    [Fact]
    public async Task Load_NotThereAndNoNetwork_NamesFileAddressFolderAndPackage()
    {
        using var datasets = new TemporaryFolder();
        var places = new DatasetLocations { Folder = datasets.Path, SystemFolder = "/nowhere", Mirror = Nothing };
        var failure = await Assert.ThrowsAsync<RunFailureException>(() => IdxImages.FashionMnist.LoadAsync(places, TestDownloader.Quiet, TestContext.Current.CancellationToken));
        Assert.Equal(FailureClass.InvalidData, failure.Class);
        Assert.All(
            new[] { "http://127.0.0.1:1/fashion-mnist/train-images-idx3-ubyte.gz", datasets.File("fashion-mnist"), "dataset-fashion-mnist" },
            part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Load_PartOfASetIsThere_DownloadsTheRest()
    {
        using var datasets = new TemporaryFolder();
        await using var server = new FixtureServer();
        var set = Fixture(server, trainLabels: [4, 2, 9]);
        Directory.CreateDirectory(datasets.File("mnist"));
        await File.WriteAllBytesAsync(datasets.File($"mnist/{set.Files[0].Name}"), server.Files[$"/mnist/{set.Files[0].Name}"], TestContext.Current.CancellationToken);

        var places = new DatasetLocations { Folder = datasets.Path, SystemFolder = "/nowhere", Mirror = server.Address };
        var dataset = await set.LoadAsync(places, TestDownloader.Quiet, TestContext.Current.CancellationToken);
        Assert.Equal([4, 2, 9], dataset.Train.Labels);
        Assert.Equal([7], dataset.Test.Labels);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Load_LabelOutOfRange_ReportsThePosition()
    {
        using var datasets = new TemporaryFolder();
        await using var server = new FixtureServer();
        var places = new DatasetLocations { Folder = datasets.Path, SystemFolder = "/nowhere", Mirror = server.Address };
        var failure = await Assert.ThrowsAsync<RunFailureException>(() => Fixture(server, trainLabels: [4, 10, 9]).LoadAsync(places, TestDownloader.Quiet, TestContext.Current.CancellationToken));
        Assert.Contains("found 10 at sample 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_GoodFile_GivesItsValues()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal([1, 2, 3, 4, 5, 6], IdxFile.Read(Idx(folder, [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]), 2, 3));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 3, 1, 2 }, "3 values", "2 before the end")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3, 4 }, "3 values", "more")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 4, 1, 2, 3, 4 }, "dimensions 3", "4")]
    [InlineData(new byte[] { 0, 0, 13, 1, 0, 0, 0, 3, 1, 2, 3 }, "00 00 08", "00000d01")]
    [InlineData(new byte[] { 0, 0 }, "00 00 08", "0000")]
    public void Read_DamagedFile_ReportsExpectedAndFound(byte[] content, string expected, string found)
    {
        using var folder = new TemporaryFolder();
        var path = Idx(folder, content);
        var failure = Assert.Throws<RunFailureException>(() => IdxFile.Read(path, 3));
        Assert.Equal(FailureClass.InvalidData, failure.Class);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains(found, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FlippedByteInTheCompressedData_IsNoticed()
    {
        using var folder = new TemporaryFolder();
        var path = Idx(folder, [0, 0, 8, 1, 0, 0, 3, 232, .. Enumerable.Range(0, 1000).Select(value => (byte)(value * 37 % 251))]);
        var bytes = File.ReadAllBytes(path);
        bytes[^6] ^= 0x40;  // in the checksum
        File.WriteAllBytes(path, bytes);
        Assert.Contains("damaged", Assert.Throws<RunFailureException>(() => IdxFile.Read(path, 1000)).Message, StringComparison.Ordinal);
    }

    // MNIST with three images to learn from and one of the test.
    private static IdxImages Fixture(FixtureServer server, byte[] trainLabels)
    {
        byte[][] contents =
        [
            [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 28, 0, 0, 0, 28, .. Enumerable.Range(0, 3 * 784).Select(index => (byte)index)],
            [0, 0, 8, 1, 0, 0, 0, 3, .. trainLabels],
            [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28, .. new byte[784]],
            [0, 0, 8, 1, 0, 0, 0, 1, 7],
        ];
        var files = IdxImages.Mnist.Files.Zip(contents, (file, content) =>
        {
            server.Files[$"/mnist/{file.Name}"] = Compressed(content);
            return file with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)) };
        });
        return IdxImages.Mnist with { Counts = (3, 1), Files = [.. files] };
    }

    private static byte[] Compressed(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    private static string Idx(TemporaryFolder folder, byte[] content)
    {
        File.WriteAllBytes(folder.File("values.gz"), Compressed(content));
        return folder.File("values.gz");
    }
}

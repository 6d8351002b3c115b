using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Tests.Datasets;

public sealed class Cifar10Tests
{
    [Theory]
    [InlineData("cifar-10")]
    [InlineData("cifar-10-batches-bin")]
    public async Task Load_FewerFilesThanThePublishers_TakesTheirRecordsAndPutsChannelsLast(string name)
    {
        using var datasets = new TemporaryFolder();
        Write(datasets, name, "data_batch_1.bin", Record(3, 10, 20, 30), Record(9, 1, 2, 3));
        Write(datasets, name, "data_batch_2.bin", Record(0, 7, 8, 9));
        Write(datasets, name, "test_batch.bin", Record(5, 4, 5, 6));
        var dataset = await LoadAsync(datasets);
        Assert.Equal([3, 9, 0], dataset.Train.Labels);
        Assert.Equal([5], dataset.Test.Labels);
        Assert.Equal([3, 32, 32], dataset.Train.Shape);
        // red, green and blue of the first pixel, then the last pixel of the second image, whose planes rise by one
        Assert.Equal([10, 20, 30], dataset.Train.Values[..3]);
        Assert.Equal([2, 3, 4], dataset.Train.Values[((2 * 3072) - 3)..(2 * 3072)]);
    }

    [Fact]
    public async Task Load_NoFolder_DownloadsAndUnpacksTheArchiveOnce()
    {
        using var datasets = new TemporaryFolder();
        await using var server = new FixtureServer();
        server.Files["/cifar-10/cifar-10-binary.tar.gz"] = Archive(("data_batch_1.bin", Record(3, 10, 20, 30)), ("test_batch.bin", Record(5, 4, 5, 6)), ("readme.html", [1]));
        var published = new Cifar10(Cifar10.Published.Archive with { Sha256 = Sum(server.Files["/cifar-10/cifar-10-binary.tar.gz"]) });

        var dataset = await published.LoadAsync(Places(datasets, server.Address), TestDownloader.Quiet, TestContext.Current.CancellationToken);
        Assert.Equal([3], dataset.Train.Labels);
        Assert.Equal([5], dataset.Test.Labels);
        Assert.Equal([datasets.File("cifar-10")], Directory.GetFileSystemEntries(datasets.Path));
        Assert.Equal(["data_batch_1.bin", "test_batch.bin"], Directory.GetFiles(datasets.File("cifar-10")).Select(Path.GetFileName).Order());

        Assert.Equal(dataset.Train.Values, (await published.LoadAsync(Places(datasets, server.Address), TestDownloader.Quiet, TestContext.Current.CancellationToken)).Train.Values);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Load_ArchivePutThereByHand_IsUnpackedAndStays()
    {
        using var datasets = new TemporaryFolder();
        var archive = datasets.File("cifar-10-binary.tar.gz");
        await File.WriteAllBytesAsync(archive, Archive(("data_batch_1.bin", Record(3, 10, 20, 30)), ("test_batch.bin", Record(5, 4, 5, 6))), TestContext.Current.CancellationToken);
        Assert.Equal([3], (await LoadAsync(datasets)).Train.Labels);
        Assert.True(File.Exists(archive));
    }

    [Theory]
    [InlineData("not an archive", "found")]
    [InlineData(null, "none of them")]
    public async Task Load_BadArchive_ReportsItAndLeavesNoFolder(string? text, string part)
    {
        using var datasets = new TemporaryFolder();
        await File.WriteAllBytesAsync(datasets.File("cifar-10-binary.tar.gz"), text is null ? Archive(("other.bin", [1])) : Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        var message = await FailureAsync(datasets);
        Assert.Contains("cifar-10-binary.tar.gz is damaged", message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(datasets.Path));
    }

    [Fact]
    public async Task Load_NoFolderAndNoNetwork_NamesTheArchiveTheAddressAndTheFolder()
    {
        using var datasets = new TemporaryFolder();
        var message = await FailureAsync(datasets);
        Assert.All(
            new[] { datasets.Path, "http://127.0.0.1:1/cifar-10/cifar-10-binary.tar.gz", "--mirror" },
            part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.Equal(
            "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
            Assert.Single(new DatasetLocations { Folder = "/data" }.AddressesOf("cifar-10", Cifar10.Published.Archive)).AbsoluteUri);
    }

    [Fact]
    public async Task Load_MissingOrDamagedFiles_ReportsTheFile()
    {
        using var datasets = new TemporaryFolder();
        Write(datasets, "cifar-10", "data_batch_1.bin", Record(3, 1, 2, 3));
        Assert.Contains("test_batch.bin is missing", await FailureAsync(datasets), StringComparison.Ordinal);
        Write(datasets, "cifar-10", "test_batch.bin", Record(3, 1, 2, 3)[..^1]);
        Assert.Contains("3072 bytes", await FailureAsync(datasets), StringComparison.Ordinal);
        Write(datasets, "cifar-10", "test_batch.bin", Record(2, 1, 2, 3), Record(10, 1, 2, 3));
        Assert.Contains("found 10 at record 1", await FailureAsync(datasets), StringComparison.Ordinal);
    }

    private static Task<Dataset> LoadAsync(TemporaryFolder datasets) =>
        Cifar10.Published.LoadAsync(Places(datasets, new Uri("http://127.0.0.1:1")), TestDownloader.Quiet, TestContext.Current.CancellationToken);

    private static async Task<string> FailureAsync(TemporaryFolder datasets) =>
        (await Assert.ThrowsAsync<RunFailureException>(() => LoadAsync(datasets))).Message;

    private static DatasetLocations Places(TemporaryFolder datasets, Uri mirror) => new() { Folder = datasets.Path, SystemFolder = "/nowhere", Mirror = mirror };

    private static string Sum(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    // As the publisher packs it: a folder with the files.
    private static byte[] Archive(params (string Name, byte[] Content)[] files)
    {
        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "cifar-10-batches-bin"));
            foreach (var (name, content) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"cifar-10-batches-bin/{name}") { DataStream = new MemoryStream(content) });
            }
        }

        return archive.ToArray();
    }

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

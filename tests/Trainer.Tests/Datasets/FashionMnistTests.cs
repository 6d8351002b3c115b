using System.IO.Compression;
using Trainyard.Specs.Events;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Tests.Datasets;

public sealed class FashionMnistTests
{
    [Fact]
    public void Load_DebianPackage_HasAllImagesInTenBalancedClasses()
    {
        var dataset = FashionMnist.Load(FashionMnist.Folders(null));
        Assert.Equal((60_000, 10_000), (dataset.Train.Count, dataset.Test.Count));
        Assert.All(dataset.Train.Labels.CountBy(label => label), count => Assert.Equal(6_000, count.Value));
        Assert.Equal(60_000 * 784, dataset.Train.Values.Length);
        // The well-known mean of the training images, 0.2860.
        Assert.Equal(0.2860, dataset.Train.Values.Average(value => (double)value) / 255, 0.0001);
    }

    [Fact]
    public void Load_NoFolder_NamesThePackageAndBothFolders()
    {
        var failure = Assert.Throws<RunFailureException>(() => FashionMnist.Load(["/nowhere/one/fashion-mnist", "/nowhere/two/fashion-mnist"]));
        Assert.Equal(FailureClass.InvalidData, failure.Class);
        Assert.Contains("dataset-fashion-mnist", failure.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere/one/fashion-mnist", failure.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere/two/fashion-mnist", failure.Message, StringComparison.Ordinal);
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
    public void Read_DamagedFile_SaysWhatWasExpectedAndFound(byte[] content, string expected, string found)
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

    private static string Idx(TemporaryFolder folder, byte[] content)
    {
        var path = folder.File("values.gz");
        using var file = File.Create(path);
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        gzip.Write(content);
        return path;
    }
}

using System.Formats.Tar;
using System.IO.Compression;
using Trainyard.Specs.Events;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Datasets;

// CIFAR-10 (Krizhevsky, 2009): color images of 32 x 32 in 10 classes, from the publisher's binary files. A record is a label byte and 3,072 bytes of pixels:
// 1,024 red, 1,024 green, 1,024 blue, row by row. The publisher's set has five files of 10,000 training images; fewer files or records are accepted.
internal sealed record Cifar10(PublishedFile Archive)
{
    private const string Name = "cifar-10";
    private const string FolderInArchive = "cifar-10-batches-bin";
    private const string TestFile = "test_batch.bin";
    private const int Side = 32;
    private const int Channels = 3;
    private const int Plane = Side * Side;
    private const int Record = 1 + (Channels * Plane);
    private const int Classes = 10;

    // Records that are read at a time: 3 MB.
    private const int Block = 1000;

    public static Cifar10 Published { get; } = new(new PublishedFile
    {
        Name = "cifar-10-binary.tar.gz",
        Folders = ["https://www.cs.toronto.edu/~kriz/"],
        Sha256 = "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
    });

    /// <summary>Reads the first folder with the files; without one, the archive beside the folders is extracted, and downloaded first if it is missing.</summary>
    /// <exception cref="RunFailureException">A file is missing or damaged, or the archive is not downloaded.</exception>
    public async Task<Dataset> LoadAsync(DatasetLocations places, Downloader? downloader, CancellationToken cancellation)
    {
        var folder = places.Candidates(Name, FolderInArchive).FirstOrDefault(HasAny) ?? await ExtractAsync(places, downloader ?? throw places.NotDownloaded(Name), cancellation);
        var train = TrainFiles(folder);
        var test = Path.Combine(folder, TestFile);
        if (train.Length == 0 || !File.Exists(test))
        {
            var missing = train.Length == 0 ? Path.Combine(folder, "data_batch_1.bin") : test;
            throw new RunFailureException(
                FailureClass.InvalidData, RunMessageCode.FileMissing, [("path", missing)]);
        }

        return new Dataset(Read(train), Read([test]));
    }

    private static bool HasAny(string folder) => File.Exists(Path.Combine(folder, TestFile)) || TrainFiles(folder).Length > 0;

    private static string[] TrainFiles(string folder) =>
        [.. Enumerable.Range(1, 5).Select(number => Path.Combine(folder, $"data_batch_{number}.bin")).Where(File.Exists)];

    // Extracts to a temporary folder that is renamed at the end. Of two processes at once, the second one finds the folder.
    private async Task<string> ExtractAsync(DatasetLocations places, Downloader downloader, CancellationToken cancellation)
    {
        var folder = places.FolderOf(Name);
        var archive = Path.Combine(places.Folder, Archive.Name);
        var isDownloaded = !File.Exists(archive);
        await downloader.FetchAsync(Archive, places.AddressesOf(Name, Archive), places.Folder, cancellation);
        var temporary = Directory.CreateDirectory($"{folder}.{Environment.ProcessId}.part").FullName;
        try
        {
            await using (var file = File.OpenRead(archive))
            await using (var content = new GZipStream(file, CompressionMode.Decompress))
            await using (var entries = new TarReader(content))
            {
                while (await entries.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
                {
                    var name = Path.GetFileName(entry.Name);
                    if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && name.EndsWith(".bin", StringComparison.Ordinal))
                    {
                        await entry.ExtractToFileAsync(Path.Combine(temporary, name), overwrite: true, cancellation);
                    }
                }
            }

            if (!HasAny(temporary))
            {
                throw Damaged(archive, $"{TestFile} and data_batch_1.bin to data_batch_5.bin", "none of them");
            }

            if (!Directory.Exists(folder) || !HasAny(folder))
            {
                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder);
                }

                Directory.Move(temporary, folder);
            }

            if (isDownloaded)
            {
                File.Delete(archive);
            }

            return folder;
        }
        catch (FileNotFoundException) when (HasAny(folder))
        {
            // Another process has extracted the archive and removed it.
            return folder;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(archive, "a gzip-compressed tar archive", exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailureException(
                FailureClass.Storage, RunMessageCode.ArchiveNotExtracted, [("path", archive), ("folder", folder), ("detail", exception.Message)], exception);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    private static SampleSet Read(string[] paths)
    {
        var counts = Array.ConvertAll(paths, CountRecords);
        var pixels = new byte[counts.Sum() * Channels * Plane];
        var labels = new byte[counts.Sum()];
        var first = 0;
        for (var file = 0; file < paths.Length; first += counts[file], file++)
        {
            ReadRecords(paths[file], counts[file], first, pixels, labels);
        }

        return new SampleSet { Shape = [Channels, Side, Side], Format = ScalarType.Byte, Values = pixels, Labels = labels };
    }

    // [C, H, W] to [H, W, C].
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

    private static int CountRecords(string path)
    {
        var bytes = Guard(path, () => new FileInfo(path).Length);
        return bytes > 0 && bytes % Record == 0
            ? (int)(bytes / Record)
            : throw Damaged(path, $"a whole number of records of {Record} bytes", $"{bytes} bytes");
    }

    // A block of records at a time: whole files beside what is made of them would be the most memory that a training on them needs.
    private static void ReadRecords(string path, int count, int first, byte[] pixels, byte[] labels)
    {
        using var file = Guard(path, () => File.OpenRead(path));
        var records = new byte[Math.Min(Block, count) * Record];
        for (var begin = 0; begin < count; begin += Block)
        {
            var length = Math.Min(Block, count - begin);
            Guard(path, () => file.ReadAtLeast(records.AsSpan(0, length * Record), length * Record));
            var wrong = Enumerable.Range(0, length).FirstOrDefault(index => records[index * Record] >= Classes, -1);
            if (wrong >= 0)
            {
                throw Damaged(path, $"labels from 0 to {Classes - 1}", $"{records[wrong * Record]} at record {begin + wrong}");
            }

            var start = first + begin;
            Parallel.For(0, length, index =>
            {
                var record = records.AsSpan(index * Record, Record);
                labels[start + index] = record[0];
                Interleave(record[1..], pixels.AsSpan((start + index) * Channels * Plane, Channels * Plane));
            });
        }
    }

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailureException(
                FailureClass.InvalidData, RunMessageCode.FileUnreadable, [("path", path), ("detail", exception.Message)], exception);
        }
    }

    private static RunFailureException Damaged(string path, string expected, string actual) => new(
        FailureClass.InvalidData, RunMessageCode.FileDamaged, [("path", path), ("expected", expected), ("found", actual)]);
}

using Trainyard.Specs.Events;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Datasets;

// Gray images of 28 x 28 in 10 classes, in four gzip-compressed IDX files: training images and labels, test images and labels.
internal sealed record IdxImages
{
    private const int Side = 28;
    private const int Classes = 10;

    /// <summary>Name in the catalog and of the folder.</summary>
    public required string Name { get; init; }

    /// <summary>Training images and labels, test images and labels.</summary>
    public required IReadOnlyList<PublishedFile> Files { get; init; }

    public (int Train, int Test) Counts { get; init; } = (60_000, 10_000);

    /// <summary>Another way to get the files, as a sentence.</summary>
    public string? Advice { get; init; }

    /// <summary>MNIST (LeCun, Bottou, Bengio, Haffner, 1998), from two public mirrors: its publisher's page no longer serves the files.</summary>
    public static IdxImages Mnist { get; } = new()
    {
        Name = "mnist",
        Files = Published(
            ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"],
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    };

    /// <summary>Fashion-MNIST (Xiao, Rasul, Vollgraf, 2017).</summary>
    public static IdxImages FashionMnist { get; } = new()
    {
        Name = "fashion-mnist",
        Files = Published(
            ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/", "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"],
            "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
        Advice = "Or install Debian's package dataset-fashion-mnist.",
    };

    /// <summary>Reads the first folder with all four files; without one, missing files are downloaded.</summary>
    /// <exception cref="RunFailureException">A file is damaged, or missing and not downloaded.</exception>
    public async Task<Dataset> LoadAsync(DatasetLocations places, Downloader? downloader, CancellationToken cancellation)
    {
        var folder = places.Candidates(Name).FirstOrDefault(candidate => Files.All(file => File.Exists(Path.Combine(candidate, file.Name))));
        if (folder is null)
        {
            folder = places.FolderOf(Name);
            await DownloadAsync(places, downloader ?? throw places.NotDownloaded(Name), folder, cancellation);
        }

        var train = Task.Run(() => Read(folder, Files[0], Files[1], Counts.Train), cancellation);
        var test = Task.Run(() => Read(folder, Files[2], Files[3], Counts.Test), cancellation);
        return new Dataset(await train, await test);
    }

    // With the SHA-256 of the decompressed content.
    private static PublishedFile[] Published(IReadOnlyList<string> folders, params ReadOnlySpan<string> hashes)
    {
        string[] names = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"];
        var files = new PublishedFile[names.Length];
        for (var index = 0; index < names.Length; index++)
        {
            files[index] = new PublishedFile { Name = names[index], Folders = folders, Sha256 = hashes[index], HashesContent = true };
        }

        return files;
    }

    private async Task DownloadAsync(DatasetLocations places, Downloader downloader, string folder, CancellationToken cancellation)
    {
        try
        {
            foreach (var file in Files)
            {
                await downloader.FetchAsync(file, places.AddressesOf(Name, file), folder, cancellation);
            }
        }
        catch (RunFailureException failure) when (failure.Class == FailureClass.InvalidData && Advice is not null)
        {
            throw new RunFailureException(
                failure.Class, failure.Code, [.. failure.Arguments.Where(argument => argument.Name != "advice"), ("advice", Advice)], failure);
        }
    }

    private static SampleSet Read(string folder, PublishedFile images, PublishedFile labels, int count)
    {
        var classes = IdxFile.Read(Path.Combine(folder, labels.Name), count);
        var wrong = Array.FindIndex(classes, label => label >= Classes);
        if (wrong >= 0)
        {
            throw IdxFile.Damaged(Path.Combine(folder, labels.Name), $"labels from 0 to {Classes - 1}", $"{classes[wrong]} at sample {wrong}");
        }

        return new SampleSet
        {
            Shape = [1, Side, Side],
            Format = ScalarType.Byte,
            Values = IdxFile.Read(Path.Combine(folder, images.Name), count, Side, Side),
            Labels = classes,
        };
    }
}

using Trainyard.Specs.Catalog;
using Trainyard.Specs.Events;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Datasets;

/// <summary>Where datasets are searched, and where missing ones are downloaded from and to.</summary>
internal sealed record DatasetLocations
{
    /// <summary>Folder with a folder per dataset: searched first, and the target of downloads.</summary>
    public required string Folder { get; init; }

    /// <summary>Folder of system packages: searched second, never written.</summary>
    public string SystemFolder { get; init; } = "/usr/share/datasets";

    /// <summary>Base address with a folder per dataset, instead of those of the publishers.</summary>
    public Uri? Mirror { get; init; }

    /// <summary>The user's cache: <c>$XDG_CACHE_HOME/trainyard/datasets</c> or <c>~/.cache/trainyard/datasets</c>.</summary>
    public static string DefaultFolder
    {
        get
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given ? given
                : home.Length > 0 ? Path.Combine(home, ".cache")
                : Path.GetTempPath();
            return Path.Combine(cache, "trainyard", "datasets");
        }
    }

    /// <summary>The failure of a dataset that is in no folder and must not be downloaded.</summary>
    public RunFailureException NotDownloaded(string dataset) => new(
        FailureClass.InvalidData, RunMessageCode.DatasetNotDownloaded, [("dataset", dataset), ("folder", FolderOf(dataset))]);

    public string FolderOf(string dataset) => Path.Combine(Folder, dataset);

    /// <summary>The folders that may hold a dataset of one of some names, in the order of the search.</summary>
    public IReadOnlyList<string> Candidates(params IReadOnlyList<string> names) =>
        [.. new[] { Folder, SystemFolder }.SelectMany(parent => names.Select(name => Path.Combine(parent, name)))];

    /// <summary>The addresses of a file of a dataset, in order of preference.</summary>
    public IReadOnlyList<Uri> AddressesOf(string dataset, PublishedFile file) => Mirror is { } mirror
        ? [new Uri($"{mirror.AbsoluteUri.TrimEnd('/')}/{dataset}/{file.Name}")]
        : [.. file.Folders.Select(folder => new Uri(folder + file.Name))];
}

/// <summary>
/// Reads, downloads or generates the dataset of a spec. Independent of the tensor engine, so it can run while the engine is loaded. Without a downloader, a
/// dataset that is in no folder is an error.
/// </summary>
internal sealed class DatasetLoader(DatasetLocations places, Downloader? downloader)
{
    // Throws RunFailureException: the data is damaged, or missing and cannot or must not be downloaded.
    public async Task<Dataset> LoadAsync(TechniqueChoice choice, RunSeed seed, CancellationToken cancellation) => choice.Name switch
    {
        "fashion-mnist" => await IdxImages.FashionMnist.LoadAsync(places, downloader, cancellation),
        "mnist" => await IdxImages.Mnist.LoadAsync(places, downloader, cancellation),
        "cifar-10" => await Cifar10.Published.LoadAsync(places, downloader, cancellation),
        "shapes" => DrawnShapes.Generate(choice.Integer("trainSamples"), choice.Integer("testSamples"), choice.Number("noise"), seed),
        "xor" or "circles" or "moons" or "spiral" or "blobs" or "mixture" => PlanePoints.Generate(choice, seed),
        _ => throw new ArgumentException($"The trainer has no dataset '{choice.Name}'.", nameof(choice)),
    };
}

namespace Trainyard.Trainer.Datasets;

/// <summary>Where the files of datasets are looked for, and where missing ones come from and go.</summary>
internal sealed record DatasetPlaces
{
    /// <summary>Folder with a folder per dataset: looked at first, and downloads go there.</summary>
    public required string Folder { get; init; }

    /// <summary>Folder of the system's packages: looked at second, never written.</summary>
    public string SystemFolder { get; init; } = "/usr/share/datasets";

    /// <summary>Base address that replaces the publishers': it has a folder per dataset; null: the publishers.</summary>
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

    /// <summary>The folder that downloads of a dataset go to.</summary>
    public string FolderOf(string dataset) => Path.Combine(Folder, dataset);

    /// <summary>The folders that may hold a dataset, first to last.</summary>
    /// <param name="names">Names that the folder may have.</param>
    public IReadOnlyList<string> Candidates(params IReadOnlyList<string> names) =>
        [.. new[] { Folder, SystemFolder }.SelectMany(parent => names.Select(name => Path.Combine(parent, name)))];

    /// <summary>The addresses of a file of a dataset, best first.</summary>
    public IReadOnlyList<Uri> AddressesOf(string dataset, Downloads.PublishedFile file) => Mirror is { } mirror
        ? [new Uri($"{mirror.AbsoluteUri.TrimEnd('/')}/{dataset}/{file.Name}")]
        : [.. file.Folders.Select(folder => new Uri(folder + file.Name))];
}

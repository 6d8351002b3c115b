namespace Trainyard.Trainer.Datasets.Downloads;

/// <summary>A file of a dataset as its publisher offers it.</summary>
internal sealed record PublishedFile
{
    /// <summary>File name.</summary>
    public required string Name { get; init; }

    /// <summary>Addresses of folders that hold it, with the slash at the end, best first.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>SHA-256, 64 hexadecimal digits, of the publisher's file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether <see cref="Sha256"/> is of what is inside the gzip file, so that a mirror may compress it anew.</summary>
    public bool HashesContent { get; init; }
}

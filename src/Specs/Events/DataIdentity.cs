namespace Trainyard.Specs.Events;

/// <summary>Which data a run was trained on.</summary>
public sealed record DataIdentity
{
    /// <summary>Name of the dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>SHA-256 over the samples and labels of all splits, 64 hexadecimal digits: equal data has equal fingerprints.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Names of the classes, in the order of their labels.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }
}

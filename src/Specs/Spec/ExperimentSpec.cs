namespace Trainyard.Specs.Spec;

/// <summary>
/// One experiment, complete: every default is filled in, every value is in range. Made by <see cref="Validation.SpecReader"/>; the
/// canonical JSON of this record is what is stored, hashed and trained.
/// </summary>
public sealed record ExperimentSpec
{
    /// <summary>The version of the spec format that this build reads and writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Format version; always <see cref="CurrentVersion"/>.</summary>
    public required int Version { get; init; }

    /// <summary>What a person calls the run, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The named group that the run belongs to, 1 to 100 characters.</summary>
    public required string Experiment { get; init; }

    /// <summary>Seed of every random draw: split, order, initial weights, dropout. 0 to 2^31 - 1.</summary>
    public required int Seed { get; init; }

    /// <summary>The data and how it is split.</summary>
    public required DataSpec Data { get; init; }

    /// <summary>The network.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>How the network is trained.</summary>
    public required TrainingSpec Training { get; init; }
}

namespace Trainyard.Specs.Spec;

/// <summary>
/// A complete experiment: every default is filled in, every value is valid. Created by <see cref="Validation.SpecReader"/>; the canonical JSON of
/// this record is stored, hashed and trained.
/// </summary>
public sealed record ExperimentSpec
{
    /// <summary>Version of the spec format.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Format version; always <see cref="CurrentVersion"/>.</summary>
    public required int Version { get; init; }

    /// <summary>Name of the run, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the experiment that the run belongs to, 1 to 100 characters.</summary>
    public required string Experiment { get; init; }

    /// <summary>Seed of every random draw: split, order, initial weights, dropout. 0 to 2^31 - 1.</summary>
    public required int Seed { get; init; }

    /// <summary>The dataset and its split.</summary>
    public required DataSpec Data { get; init; }

    /// <summary>The network.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>How the network is trained.</summary>
    public required TrainingSpec Training { get; init; }
}

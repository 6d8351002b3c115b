using Trainyard.Trainer.Datasets;

namespace Trainyard.Trainer.Training;

/// <summary>How one attempt at a run is made; nothing here but <see cref="Weights"/> changes what is trained.</summary>
internal sealed record TrainOptions
{
    /// <summary>Folder of the run; checkpoints go below it.</summary>
    public required string OutFolder { get; init; }

    /// <summary>Whether to continue from the newest intact checkpoint.</summary>
    public bool Resume { get; init; }

    /// <summary>Step of the newest checkpoint whose event was received, 0: of none; later ones are passed over. Null: all were received.</summary>
    public long? KnownStep { get; init; }

    /// <summary>A checkpoint whose weights training starts from, instead of those that the seed draws; null: none.</summary>
    public string? Weights { get; init; }

    /// <summary>Threads of one operation, at least 1.</summary>
    public required int Threads { get; init; }

    /// <summary>Where datasets are, and where missing ones come from.</summary>
    public DatasetLocations Datasets { get; init; } = new() { Folder = DatasetLocations.DefaultFolder };

    /// <summary>Shortest time between checkpoints while training, default 10 s: about the work that a crash can lose.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(10);
}

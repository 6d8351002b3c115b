namespace Trainyard.Trainer.Checkpoints;

/// <summary>The description at the front of a checkpoint file.</summary>
internal sealed record CheckpointHeader
{
    /// <summary>SHA-256 of the canonical spec that was trained.</summary>
    public required string SpecSha256 { get; init; }

    /// <summary>
    /// SHA-256 of that spec without its number of epochs: a run that is extended goes on from this checkpoint. Null in older files.
    /// </summary>
    public string? ContinuationSha256 { get; init; }

    /// <summary>That spec as canonical JSON of the version that wrote it. Null in older files.</summary>
    public string? Spec { get; init; }

    /// <summary>Threads that it was trained with; another number gives other last bits.</summary>
    public required int Threads { get; init; }

    /// <summary>Engine that it was trained with.</summary>
    public required string Engine { get; init; }

    /// <summary>Where the run stands.</summary>
    public required Cursor Cursor { get; init; }

    /// <summary>The tensors in the order of the file.</summary>
    public required IReadOnlyList<TensorEntry> Tensors { get; init; }
}

namespace Trainyard.Specs.Events;

/// <summary>Kinds of failure. Only <see cref="LostWorker"/> and <see cref="Crashed"/> are transient and retried.</summary>
public enum FailureClass
{
    /// <summary>The loss became infinite or NaN.</summary>
    Diverged,

    /// <summary>Memory of the machine or of the GPU ran out.</summary>
    OutOfMemory,

    /// <summary>The dataset is missing or damaged.</summary>
    InvalidData,

    /// <summary>The spec asks for something that this machine lacks, such as a GPU.</summary>
    Unsupported,

    /// <summary>A file could not be written: disk full or no permission.</summary>
    Storage,

    /// <summary>The worker vanished and its lease ran out too often.</summary>
    LostWorker,

    /// <summary>The trainer process ended without a word.</summary>
    Crashed,

    /// <summary>The spec's time limit passed.</summary>
    Timeout,
}

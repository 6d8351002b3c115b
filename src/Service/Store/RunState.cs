namespace Trainyard.Service.Store;

/// <summary>State of a run; stored and sent as a snake_case word.</summary>
public enum RunState
{
    /// <summary>Waits for a worker.</summary>
    Queued,

    /// <summary>A worker trains it.</summary>
    Running,

    /// <summary>A worker was told to pause it and writes a checkpoint.</summary>
    Pausing,

    /// <summary>Waits to be resumed by a person.</summary>
    Paused,

    /// <summary>Training is complete.</summary>
    Succeeded,

    /// <summary>Training cannot go on.</summary>
    Failed,

    /// <summary>A person gave it up.</summary>
    Cancelled,
}

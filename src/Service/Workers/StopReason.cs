namespace Trainyard.Service.Workers;

/// <summary>Why the worker stops a trainer.</summary>
internal enum StopReason
{
    Cancel,

    Pause,

    Shutdown,

    /// <summary>The trainer wrote no event for too long.</summary>
    Silence,

    /// <summary>The trainer wrote invalid output.</summary>
    Protocol,

    /// <summary>The events of the run cannot be stored, and not because the database is unreachable.</summary>
    Store,

    /// <summary>The trainer used more memory than it may.</summary>
    Memory,

    LeaseLost,
}

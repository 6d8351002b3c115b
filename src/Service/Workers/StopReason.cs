namespace Trainyard.Service.Workers;

/// <summary>Why the worker stops a trainer.</summary>
internal enum StopReason
{
    /// <summary>A user cancelled the run.</summary>
    Cancel,

    /// <summary>A user paused the run.</summary>
    Pause,

    /// <summary>The service shuts down.</summary>
    Shutdown,

    /// <summary>The trainer wrote no event for too long.</summary>
    Silence,

    /// <summary>The trainer wrote invalid output.</summary>
    Protocol,

    /// <summary>The events of the run cannot be stored, and not because the database is unreachable.</summary>
    Store,

    /// <summary>The lease is lost.</summary>
    LeaseLost,
}

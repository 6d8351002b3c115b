namespace Trainyard.Service.Workers;

/// <summary>Why this worker ended a trainer.</summary>
internal enum StopReason
{
    /// <summary>A person cancelled the run.</summary>
    Cancel,

    /// <summary>A person paused the run.</summary>
    Pause,

    /// <summary>The service shuts down.</summary>
    Shutdown,

    /// <summary>The trainer said nothing for too long.</summary>
    Silence,

    /// <summary>The trainer broke its protocol.</summary>
    Protocol,

    /// <summary>The events of the run cannot be stored, and not because the database is away.</summary>
    Store,

    /// <summary>The lease is lost.</summary>
    LeaseLost,
}

namespace Trainyard.Service.Queue;

/// <summary>Answer to a renewal of a lease.</summary>
internal enum LeaseRenewal
{
    /// <summary>The attempt no longer holds the run: another one does, or nobody.</summary>
    Lost,

    /// <summary>The lease is renewed.</summary>
    Held,

    /// <summary>The lease is renewed, and a person wants the run cancelled.</summary>
    CancelRequested,

    /// <summary>The lease is renewed, and a person wants the run paused.</summary>
    PauseRequested,
}

namespace Trainyard.Service.Queue;

// The result of renewing a lease, by a renewal or by an append. Held: Whether the attempt still holds the run; if not, nothing was renewed.
internal sealed record LeaseRenewal(bool Held, StopRequest? Request = null);

/// <summary>A user's request to stop a running attempt.</summary>
internal enum StopRequest
{
    /// <summary>Write a checkpoint and release the run.</summary>
    Cancel,

    /// <summary>Write a checkpoint and pause the run.</summary>
    Pause,
}

/// <summary>A request for the worker that trains an attempt, sent as a notification. The lease renewal returns the same request, should this one be lost.</summary>
internal sealed record ControlMessage(Guid RunId, int Attempt, StopRequest Request);

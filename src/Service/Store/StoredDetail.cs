namespace Trainyard.Service.Store;

/// <summary>Row of table <c>run_details</c>: the large part of an event; written by <see cref="EventLog"/> only.</summary>
internal sealed class StoredDetail
{
    public required Guid RunId { get; init; }

    /// <summary>Seq of the event.</summary>
    public required long Seq { get; init; }

    /// <summary>The part as JSON.</summary>
    public required string Data { get; init; }
}

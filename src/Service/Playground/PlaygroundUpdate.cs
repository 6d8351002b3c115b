using System.Text.Json;
using Trainyard.Specs.Findings;

namespace Trainyard.Service.Playground;

/// <summary>What a session sends: an answer of its trainer, or that the session has ended.</summary>
internal sealed record PlaygroundUpdate
{
    /// <summary>Rises with every answer of the session; 0 for a session that does not exist.</summary>
    public required long Number { get; init; }

    /// <summary>Whether the session is playing.</summary>
    public required bool Playing { get; init; }

    /// <summary>The answer of the trainer (<see cref="Specs.Events.Sessions.SessionAnswer"/>); null when there is none.</summary>
    public required JsonElement? Answer { get; init; }

    /// <summary>Why the session has ended; null while it has not.</summary>
    public PlaygroundEnd? Ended { get; init; }

    public static PlaygroundUpdate Of(PlaygroundEnd end) => new() { Number = 0, Playing = false, Answer = null, Ended = end };
}

/// <summary>Why a session has ended.</summary>
internal enum PlaygroundEnd
{
    /// <summary>It does not exist, or belongs to somebody else.</summary>
    Unknown,

    /// <summary>It was closed.</summary>
    Closed,

    /// <summary>It was not used for a while, or its connection was lost.</summary>
    Idle,

    /// <summary>It needed more memory than a session may use.</summary>
    Memory,

    /// <summary>The trainer did not answer in time, or ended.</summary>
    Failed,

    /// <summary>The service stops.</summary>
    Stopping,
}

/// <summary>The answer to the request for a session.</summary>
internal sealed record PlaygroundOpening
{
    /// <summary>The session; null when there is none.</summary>
    public Guid? Session { get; init; }

    /// <summary>Its first update.</summary>
    public PlaygroundUpdate? Update { get; init; }

    /// <summary>Why there is none; null when there is one, or the spec is invalid.</summary>
    public PlaygroundRefusal? Refusal { get; init; }

    /// <summary>The limit that was reached; null where there is none.</summary>
    public long? Limit { get; init; }

    /// <summary>More about the refusal, in English; null where there is none.</summary>
    public string? Detail { get; init; }

    /// <summary>Findings in the spec, errors first.</summary>
    public IReadOnlyList<SpecFinding> Findings { get; init; } = [];

    public static PlaygroundOpening Refused(PlaygroundRefusal refusal, long? limit = null, string? detail = null) => new() { Refusal = refusal, Limit = limit, Detail = detail };
}

/// <summary>Why a session is refused.</summary>
internal enum PlaygroundRefusal
{
    /// <summary>The playground is off in this service.</summary>
    Off,

    /// <summary>There are as many sessions as the service allows.</summary>
    TooManySessions,

    /// <summary>The person has as many sessions as one may have.</summary>
    TooManyOfPerson,

    /// <summary>This machine has no trainer, or it does not start.</summary>
    TrainerUnavailable,

    /// <summary>The samples are not points in the plane.</summary>
    NotAPlane,

    /// <summary>A session trains on the processor.</summary>
    NotOnProcessor,

    /// <summary>There are too many samples or parameters for an answer within a moment.</summary>
    TooLarge,
}

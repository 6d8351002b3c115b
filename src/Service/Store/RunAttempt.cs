using System.Text.Json;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Store;

/// <summary>Row of table <c>attempts</c>: one claim of a run.</summary>
internal sealed class RunAttempt
{
    public required Guid RunId { get; init; }

    public required int Attempt { get; init; }

    public required string Worker { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How it ended, as in <c>succeeded</c> or <c>crashed: exit code 139</c>.</summary>
    public string? Outcome { get; set; }

    /// <summary>Why it ended so; null when that goes without saying.</summary>
    public RunMessageCode? Code { get; set; }

    public JsonElement? Arguments { get; set; }
}

using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Store;

/// <summary>Reads stored events. A state event is stored as code and arguments; its English text is added here.</summary>
internal static class RunEventJson
{
    /// <summary>Parses the column <c>run_events.data</c>.</summary>
    public static RunEvent Parse(string json) => JsonSerializer.Deserialize<RunEvent>(json, SpecJson.Options)! is var parsed
        && parsed is StateEvent { Code: { } code } state
            ? state with { Reason = RunMessageText.From(code, state.Arguments ?? MessageArguments.None) }
            : parsed;
}

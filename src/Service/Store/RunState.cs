namespace Trainyard.Service.Store;

/// <summary>State of a run; stored and sent in snake_case.</summary>
public enum RunState
{
    /// <summary>Waits for a worker.</summary>
    Queued,

    /// <summary>A worker trains it.</summary>
    Running,

    /// <summary>A worker is pausing it: it writes a checkpoint.</summary>
    Pausing,

    /// <summary>Waits to be resumed.</summary>
    Paused,

    /// <summary>Training is complete.</summary>
    Succeeded,

    /// <summary>Training cannot continue.</summary>
    Failed,

    /// <summary>Cancelled by a user.</summary>
    Cancelled,
}

/// <summary>Wire names and groups of <see cref="RunState"/>.</summary>
internal static class RunStates
{
    private static readonly Dictionary<string, RunState> ByName =
        Enum.GetValues<RunState>().ToDictionary(state => state.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>All wire names, in the order of the enum.</summary>
    public static IReadOnlyList<string> WireNames { get; } = [.. ByName.Keys];

    /// <summary>The wire name of a state, as in the database and in JSON.</summary>
    public static string ToWireName(this RunState state) => WireNames[(int)state];

    /// <summary>The word for a state in English messages.</summary>
    public static string ToWord(this RunState state) => state == RunState.Succeeded ? "finished" : state.ToWireName();

    public static bool TryParse(string name, out RunState state) => ByName.TryGetValue(name, out state);

    public static RunState Parse(string name) => ByName[name];

    /// <summary>Whether the run has ended, unless it is retried or extended.</summary>
    public static bool IsTerminal(this RunState state) => state is RunState.Succeeded or RunState.Failed or RunState.Cancelled;

    /// <summary>Whether a worker holds the run.</summary>
    public static bool IsHeld(this RunState state) => state is RunState.Running or RunState.Pausing;
}

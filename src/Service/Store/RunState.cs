namespace Trainyard.Service.Store;

/// <summary>State of a run; stored and sent as a snake_case word.</summary>
public enum RunState
{
    /// <summary>Waits for a worker.</summary>
    Queued,

    /// <summary>A worker trains it.</summary>
    Running,

    /// <summary>A worker was told to pause it and writes a checkpoint.</summary>
    Pausing,

    /// <summary>Waits to be resumed by a person.</summary>
    Paused,

    /// <summary>Training is complete.</summary>
    Succeeded,

    /// <summary>Training cannot go on.</summary>
    Failed,

    /// <summary>A person gave it up.</summary>
    Cancelled,
}

/// <summary>Words and kinds of <see cref="RunState"/>.</summary>
internal static class RunStates
{
    private static readonly Dictionary<string, RunState> ByWord =
        Enum.GetValues<RunState>().ToDictionary(state => state.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>All words, in the order of the enum.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. ByWord.Keys];

    /// <summary>The word of a state, as in the database and in JSON.</summary>
    public static string Word(this RunState state) => Words[(int)state];

    /// <summary>Finds a state by its word.</summary>
    public static bool TryParse(string word, out RunState state) => ByWord.TryGetValue(word, out state);

    /// <summary>The state of a word that the database holds.</summary>
    public static RunState Parse(string word) => ByWord[word];

    /// <summary>Whether nothing happens to the run any more unless a person retries or extends it.</summary>
    public static bool IsTerminal(this RunState state) => state is RunState.Succeeded or RunState.Failed or RunState.Cancelled;

    /// <summary>Whether a worker holds the run.</summary>
    public static bool IsHeld(this RunState state) => state is RunState.Running or RunState.Pausing;
}

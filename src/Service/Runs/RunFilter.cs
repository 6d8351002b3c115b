using Trainyard.Service.Store;

namespace Trainyard.Service.Runs;

/// <summary>Which runs a list holds, in which order, and what it shows of them.</summary>
internal sealed record RunFilter
{
    /// <summary>The order.</summary>
    public RunSort Sort { get; init; } = RunSort.Parse(RunSort.Default)!;

    /// <summary>Only runs after this place of the order.</summary>
    public RunCursor? After { get; init; }

    /// <summary>Only runs in one of these states; empty: all.</summary>
    public IReadOnlyList<RunState> States { get; init; } = [];

    /// <summary>Only runs of this experiment.</summary>
    public string? Experiment { get; init; }

    /// <summary>Only runs with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Only runs that have a word beginning with each of these; see <see cref="Words"/>.</summary>
    public IReadOnlyList<string> Query { get; init; } = [];

    /// <summary>At most this many.</summary>
    public required int Limit { get; init; }

    /// <summary>Values to show of each run.</summary>
    public IReadOnlyList<RunColumn> Columns { get; init; } = [];

    /// <summary>Whether to count all runs that fit.</summary>
    public bool Count { get; init; }

    /// <summary>Whether some runs are left out.</summary>
    public bool Narrows => States.Count > 0 || Experiment is not null || Tag is not null || Query.Count > 0;

    /// <summary>The words that a person looks for: ASCII punctuation, white space and control characters separate them, as <c>run_words</c> does.</summary>
    public static IReadOnlyList<string> Words(string text) => [.. string
        .Concat(text.Select(sign => char.IsWhiteSpace(sign) || char.IsControl(sign) || (char.IsAscii(sign) && !char.IsAsciiLetterOrDigit(sign)) ? ' ' : sign))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}

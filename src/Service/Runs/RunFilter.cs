using System.Buffers.Text;
using System.Text.Json;
using Trainyard.Service.Filters;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Runs;

/// <summary>What a page of the run list contains.</summary>
internal sealed record RunFilter
{
    private static readonly FilterField State = FilterFields.Find("state")!;
    private static readonly FilterField ExperimentName = FilterFields.Find("experiment")!;

    public RunSort Sort { get; init; } = RunSort.Parse(RunSort.Default)!;

    public RunCursor? After { get; init; }

    /// <summary>Empty: all states.</summary>
    public IReadOnlyList<RunState> States { get; init; } = [];

    public string? Experiment { get; init; }

    /// <summary>Only runs of this study.</summary>
    public Guid? Study { get; init; }

    /// <summary>A run must have all of them.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Beginnings of words; see <see cref="SplitWords"/>.</summary>
    public IReadOnlyList<string> Query { get; init; } = [];

    /// <summary>Condition on metrics, parameters and columns; null: none.</summary>
    public FilterExpression? Where { get; init; }

    /// <summary>The archived runs, or the others.</summary>
    public bool Archived { get; init; }

    public required int Limit { get; init; }

    public IReadOnlyList<RunColumn> Columns { get; init; } = [];

    /// <summary>Whether it may leave out most runs. That archived runs are hidden does not count: usually they are few.</summary>
    public bool IsRestrictive => States.Count > 0 || Experiment is not null || Study is not null || Tags.Count > 0 || Query.Count > 0 || Where is not null || Archived;

    /// <summary>An equal filter with states and experiment in the expression, whose parts are counted.</summary>
    public RunFilter AsExpression()
    {
        List<FilterExpression> parts = Where is FilterAnd and ? [.. and.Parts] : Where is null ? [] : [Where];
        if (States.Count > 0)
        {
            FilterExpression[] states = [.. States.Select(state => new FilterComparison(State, FilterOperator.Equal, state.ToWireName()))];
            parts.Add(states is [var single] ? single : new FilterOr(states));
        }

        if (Experiment is not null)
        {
            parts.Add(new FilterComparison(ExperimentName, FilterOperator.Equal, Experiment));
        }

        return this with { States = [], Experiment = null, Where = parts is [] ? null : parts is [var only] ? only : new FilterAnd(parts) };
    }

    /// <summary>The words and symbols of a search, as the SQL function <c>run_words</c> finds them in runs.</summary>
    public static IReadOnlyList<string> SplitWords(string text) => [.. string
        .Concat(UnicodeText.Normalize(text).EnumerateRunes().Select(rune => IsSeparator(rune.Value) ? " " : IsSymbol(rune.Value) ? $" {rune} " : $"{rune}"))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static bool IsSymbol(int code) => code is (>= 0x2190 and <= 0x2BFF) or (>= 0x1F000 and <= 0x1FAFF);

    private static bool IsSeparator(int code) => code is <= 0x2F or (>= 0x3A and <= 0x40) or (>= 0x5B and <= 0x60) or (>= 0x7B and <= 0xA0) or 0x1680
        or (>= 0x2000 and <= 0x206F) or (>= 0x3000 and <= 0x3003) or (>= 0xFE00 and <= 0xFE0F);
}

// The last run of a page. Opaque to clients. Key: The run's value as text; null if it has none.
internal sealed record RunCursor(string Sort, string? Key, Guid Id)
{
    /// <summary>Null for a text that <see cref="Write"/> does not produce for this sort order.</summary>
    public static RunCursor? Parse(string text, RunSort sort)
    {
        var cursor = sort.Value is null ? new RunCursor(sort.Name, null, Guid.TryParse(text, out var id) ? id : Guid.Empty) : Decode(text);
        return cursor?.Sort == sort.Name
            && (cursor.Key is null ? sort.Value is null || sort.Optional : sort.Parameter(cursor.Key) is not null)
            && cursor.Write(sort) == text ? cursor : null;
    }

    public string Write(RunSort sort) => sort.Value is null ? $"{Id}" : Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    private static RunCursor? Decode(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<RunCursor>(Base64Url.DecodeFromChars(text));
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }
}

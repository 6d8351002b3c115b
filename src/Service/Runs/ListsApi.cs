using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;
using Trainyard.Service.Store;

namespace Trainyard.Service.Runs;

/// <summary>Lists runs: filtered, searched, sorted by anything, part by part.</summary>
internal static class ListsApi
{
    private const int MaximumLimit = 200;
    private const int DefaultLimit = 50;
    private const int MaximumQuery = 200;

    /// <summary>Adds what the endpoints need.</summary>
    public static void AddLists(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<RunList>();
        builder.Services.AddSingleton<ColumnCatalog>();
        builder.Services.AddSingleton<SpecPointers>();
    }

    /// <summary>Maps the list and its columns.</summary>
    public static void MapLists(this IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/runs").WithTags("Runs");
        runs.MapGet("", ListAsync).WithName("listRuns").WithSummary("List runs, newest first unless sorted otherwise")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        runs.MapGet("/columns", ColumnsAsync).WithName("listRunColumns").WithSummary("What a list of runs can show and be sorted by");
    }

    private static async Task<Results<Ok<RunPage>, ProblemHttpResult>> ListAsync(
        RunList list,
        [Description("Value of next in the part before, for the same sort.")] string? after,
        [Description("At most this many runs; 50 by default."), Range(1, MaximumLimit)] int? limit,
        [Description("Only runs in this state; may be repeated.")]
        [AllowedValues("queued", "running", "pausing", "paused", "succeeded", "failed", "cancelled")] string[]? state,
        [Description("Only runs of this experiment.")] string? experiment,
        [Description("Only runs with this tag.")] string? tag,
        [Description("Only runs in whose name, experiment, notes, tags, dataset or optimizer each of these words begins a word."), StringLength(MaximumQuery)] string? q,
        [Description($"Order: {RunSort.Allowed}. Runs without the value come last. Default {RunSort.Default}.")] string? sort,
        [Description($"Values to show of each run: {RunColumn.Allowed}.")] string? columns,
        [Description("Whether to count all runs that fit; false by default.")] bool? count,
        CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaximumLimit)
        {
            return Problem.BadParameter("limit", $"{limit}", $"1 to {MaximumLimit}");
        }

        List<RunState> states = [];
        foreach (var word in state ?? [])
        {
            if (!RunStates.TryParse(word, out var known))
            {
                return Problem.BadParameter("state", word, string.Join(", ", RunStates.Words));
            }

            states.Add(known);
        }

        foreach (var (name, text) in ((string, string?)[])[("experiment", experiment), ("tag", tag), ("q", q)])
        {
            if (text?.Length > MaximumQuery || text?.Contains('\0', StringComparison.Ordinal) == true)
            {
                return Problem.BadParameter(name, text.Length > MaximumQuery ? text[..20] + "..." : text, $"text of at most {MaximumQuery} characters");
            }
        }

        if (RunSort.Parse(sort ?? RunSort.Default) is not { } order)
        {
            return Problem.BadParameter("sort", sort, RunSort.Allowed);
        }

        var cursor = after is null ? null : RunCursor.Parse(after, order);
        if (after is not null && cursor is null)
        {
            return Problem.BadParameter("after", after, "the value of next in the part before, for the same sort");
        }

        var names = columns?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList() ?? [];
        var shown = names.ConvertAll(RunColumn.Parse);
        if (shown.Count > RunColumn.Maximum || shown.Contains(null))
        {
            return Problem.BadParameter("columns", shown.Contains(null) ? names[shown.IndexOf(null)] : $"{shown.Count} columns", RunColumn.Allowed);
        }

        return TypedResults.Ok(await list.ReadAsync(
            new RunFilter
            {
                Sort = order,
                After = cursor,
                Limit = limit ?? DefaultLimit,
                States = states,
                Experiment = experiment,
                Tag = tag,
                Query = RunFilter.Words(q ?? ""),
                Columns = shown.ConvertAll(column => column!),
                Count = count == true,
            },
            cancellationToken));
    }

    private static async Task<Ok<RunColumns>> ColumnsAsync(ColumnCatalog columns, CancellationToken cancellationToken) =>
        TypedResults.Ok(await columns.ReadAsync(cancellationToken));
}

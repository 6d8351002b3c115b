using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Runs;

internal static class RunListApi
{
    private const int MaximumLimit = 200;
    private const int DefaultLimit = 50;
    private const int MaximumText = 200;
    private const int MaximumTags = 20;

    // PostgreSQL's text has no NUL.
    private const string Text = @"[^\x00]*";
    private const string TextError = "The field {0} must not contain NUL characters.";

    public static void MapRunList(this IEndpointRouteBuilder runs)
    {
        runs.MapGet("", ListAsync).WithName("listRuns").WithSummary("List runs")
            .WithDescription("Latest first by default. Filters are combined with AND.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        runs.MapGet("/columns", ColumnsAsync).WithName("listRunColumns").WithSummary("List the columns of the run list")
            .WithDescription("Parameters and metrics for the parameters columns and sort of the run list.");
    }

    private static async Task<Results<Ok<RunPage>, ProblemHttpResult>> ListAsync(
        RunList list,
        [Description("Value of next in the previous page, for the same sort.")] string? after,
        [Description("Page size; default 50."), Range(1, MaximumLimit)] int? limit,
        [Description("Filter by state; may be repeated."), AllowedItems("queued", "running", "pausing", "paused", "succeeded", "failed", "cancelled")] string[]? state,
        [Description("Filter by experiment."), TextLength(MaximumText), RegularExpression(Text, ErrorMessage = TextError)] string? experiment,
        [Description("Filter by tag; may be repeated, for runs with all of the tags."), Tags] string[]? tag,
        [Description("Full-text search in name, experiment, notes, tags, dataset, model and optimizer: every word must match the beginning of a word."), TextLength(MaximumText)]
        string? q,
        [Description($"Sort order: {RunSort.Allowed}. Runs without a value come last. Default {RunSort.Default}.")] string? sort,
        [Description($"Additional columns: {RunColumn.Allowed}.")] string? columns,
        [Description("Whether to count all matching runs; default false.")] bool? count,
        CancellationToken cancellationToken)
    {
        if (RunSort.Parse(sort ?? RunSort.Default) is not { } order)
        {
            return Problem.BadParameter("sort", sort, RunSort.Allowed);
        }

        var cursor = after is null ? null : RunCursor.Parse(after, order);
        if (after is not null && cursor is null)
        {
            return Problem.BadParameter("after", after, "the value of next in the previous page, for the same sort");
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
                States = [.. (state ?? []).Select(RunStates.Parse)],
                Experiment = experiment is null ? null : UnicodeText.Normalize(experiment),
                Tags = [.. (tag ?? []).Select(UnicodeText.Normalize)],
                Query = RunFilter.SplitWords(q ?? ""),
                Columns = shown.ConvertAll(column => column!),
                Count = count == true,
            },
            cancellationToken));
    }

    private static async Task<Ok<RunColumns>> ColumnsAsync(ColumnCatalog columns, CancellationToken cancellationToken) =>
        TypedResults.Ok(await columns.ReadAsync(cancellationToken));

    [AttributeUsage(AttributeTargets.Parameter)]
    private sealed class TagsAttribute() : ValidationAttribute($"The field {{0}} may be given {MaximumTags} times, with up to {MaximumText} characters and no NUL characters.")
    {
        public override bool IsValid(object? value) => value is not string[] tags
            || (tags.Length <= MaximumTags && Array.TrueForAll(tags, tag => UnicodeText.Length(tag) <= MaximumText && !tag.Contains('\0', StringComparison.Ordinal)));
    }
}

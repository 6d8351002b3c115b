using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trainyard.Service.Filters;
using Trainyard.Service.Http;

namespace Trainyard.Service.Runs;

internal static class RunListApi
{
    private const int MaximumLimit = 200;
    private const int DefaultLimit = 50;

    public static void MapRunList(this IEndpointRouteBuilder runs) =>
        runs.MapGet("", ListAsync).WithName("listRuns").WithSummary("List runs")
            .WithDescription("Latest first by default. Filters are combined with AND. Archived runs are in the list only with archived=true.")
            .ProducesProblem(StatusCodes.Status400BadRequest);

    /// <summary>Number and groups of runs, and what the list can show, sort and filter by.</summary>
    public static void MapRunTable(this IEndpointRouteBuilder runs)
    {
        runs.MapGet("/count", CountAsync).WithName("countRuns").WithSummary("Count runs")
            .WithDescription("The number of runs that the list has with the same filters. The list is read without it, because counting takes longer than reading a page.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        runs.MapGet("/groups", GroupsAsync).WithName("groupRuns").WithSummary("Group runs by settings")
            .WithDescription("Matching runs with equal values of some settings are a group: their number, and mean and standard deviation of some metrics. The best group by the first metric comes first.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        runs.MapGet("/fields", Fields).WithName("listFilterFields").WithSummary("List the fields of filter expressions")
            .WithDescription("What the parameter where of the run list can compare.");
        runs.MapGet("/columns", ColumnsAsync).WithName("listRunColumns").WithSummary("List the columns of the run list")
            .WithDescription("Parameters and metrics for the parameters columns and sort of the run list.");
    }

    private static async Task<Results<Ok<RunPage>, ProblemHttpResult>> ListAsync(
        RunList list,
        [FromQuery, Description(RunConditions.OfState), AllowedRunStates] string[]? state,
        [Description(RunConditions.OfExperiment), TextLength(RunConditions.MaximumText), RegularExpression(RunConditions.Text, ErrorMessage = RunConditions.TextError)] string? experiment,
        [FromQuery, Description(RunConditions.OfTag), RunTags] string[]? tag,
        [Description(RunConditions.Search), TextLength(RunConditions.MaximumText)] string? q,
        [Description(RunConditions.Expression), TextLength(FilterExpression.MaximumLength), RegularExpression(RunConditions.Text, ErrorMessage = RunConditions.TextError)] string? where,
        [Description(RunConditions.Archive)] bool? archived,
        [Description("Value of next in the previous page, for the same sort.")] string? after,
        [Description("Page size; default 50."), Range(1, MaximumLimit)] int? limit,
        [Description(RunConditions.OfStudy)] Guid? study,
        [Description($"Sort order: {RunSort.Allowed}. Runs without a value come last. Default {RunSort.Default}.")] string? sort,
        [Description($"Additional columns: {RunColumn.Allowed}.")] string? columns,
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

        var names = Names(columns);
        var shown = names.ConvertAll(RunColumn.Parse);
        if (shown.Count > RunColumn.Maximum || shown.Contains(null))
        {
            return Problem.BadParameter("columns", shown.Contains(null) ? names[shown.IndexOf(null)] : $"{shown.Count} columns", RunColumn.Allowed);
        }

        return RunConditions.Read(state, experiment, study, tag, q, where, archived, out var filter) is { } invalid ? invalid : TypedResults.Ok(await list.ReadAsync(
            filter with { Sort = order, After = cursor, Limit = limit ?? DefaultLimit, Columns = shown.ConvertAll(column => column!) }, cancellationToken));
    }

    private static async Task<Results<Ok<RunCount>, ProblemHttpResult>> CountAsync(
        RunList list,
        [FromQuery, Description(RunConditions.OfState), AllowedRunStates] string[]? state,
        [Description(RunConditions.OfExperiment), TextLength(RunConditions.MaximumText), RegularExpression(RunConditions.Text, ErrorMessage = RunConditions.TextError)] string? experiment,
        [FromQuery, Description(RunConditions.OfTag), RunTags] string[]? tag,
        [Description(RunConditions.Search), TextLength(RunConditions.MaximumText)] string? q,
        [Description(RunConditions.Expression), TextLength(FilterExpression.MaximumLength), RegularExpression(RunConditions.Text, ErrorMessage = RunConditions.TextError)] string? where,
        [Description(RunConditions.Archive)] bool? archived,
        [Description(RunConditions.OfStudy)] Guid? study,
        CancellationToken cancellationToken) =>
        RunConditions.Read(state, experiment, study, tag, q, where, archived, out var filter) is { } invalid ? invalid
            : TypedResults.Ok(new RunCount { Total = await list.CountAsync(filter, cancellationToken) });

    private static async Task<Results<Ok<SettingGroups>, ProblemHttpResult>> GroupsAsync(
        SettingGroupReader groups,
        [FromQuery, Description(RunConditions.OfState), AllowedRunStates] string[]? state,
        [Description(RunConditions.OfExperiment), TextLength(RunConditions.MaximumText), RegularExpression(RunConditions.Text, ErrorMessage = RunConditions.TextError)] string? experiment,
        [FromQuery, Description(RunConditions.OfTag), RunTags] string[]? tag,
        [Description(RunConditions.Search), TextLength(RunConditions.MaximumText)] string? q,
        [Description(RunConditions.Expression), TextLength(FilterExpression.MaximumLength), RegularExpression(RunConditions.Text, ErrorMessage = RunConditions.TextError)] string? where,
        [Description(RunConditions.Archive)] bool? archived,
        [Description(RunConditions.OfStudy)] Guid? study,
        [Description($"Settings: {GroupKey.Allowed}."), Required] string by,
        [Description($"Metrics: {GroupMetric.Allowed}. Default {GroupMetric.Default}.")] string? metrics,
        CancellationToken cancellationToken)
    {
        var (names, metricNames) = (Names(by), Names(metrics ?? GroupMetric.Default));
        var keys = names.ConvertAll(GroupKey.Parse);
        if (keys.Count is 0 or > GroupKey.Maximum || keys.Contains(null))
        {
            return Problem.BadParameter("by", by, GroupKey.Allowed);
        }

        var shown = metricNames.ConvertAll(GroupMetric.Parse);
        if (shown.Count is 0 or > GroupMetric.Maximum || shown.Contains(null))
        {
            return Problem.BadParameter("metrics", metrics, GroupMetric.Allowed);
        }

        return RunConditions.Read(state, experiment, study, tag, q, where, archived, out var filter) is { } invalid ? invalid
            : TypedResults.Ok(await groups.ReadAsync(filter, keys.ConvertAll(key => key!), shown.ConvertAll(metric => metric!), cancellationToken));
    }

    private static Ok<FilterFieldList> Fields() => TypedResults.Ok(FilterFieldList.Complete);

    private static List<string> Names(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList() ?? [];

    private static async Task<Ok<RunColumns>> ColumnsAsync(ColumnCatalog columns, CancellationToken cancellationToken) =>
        TypedResults.Ok(await columns.ReadAsync(cancellationToken));
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Filters;
using Trainyard.Service.Http;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Runs;

/// <summary>The query parameters that select runs.</summary>
internal static class RunConditions
{
    public const int MaximumText = 200;

    /// <summary>Pattern of texts: PostgreSQL's text has no NUL.</summary>
    public const string Text = @"[^\x00]*";

    public const string TextError = "The field {0} must not contain NUL characters.";

    public const string OfState = "Filter by state; may be repeated.";

    public const string OfExperiment = "Filter by experiment.";

    public const string OfTag = "Filter by tag; may be repeated, for runs with all of the tags.";

    public const string Search =
        "Full-text search in name, experiment, notes, tags, dataset, model and optimizer: every word must match the beginning of a word.";

    public const string Expression =
        "Filter expression, as in: accuracy > 0.9 and optimizer = adam. Fields: GET /api/v1/runs/fields. Operators: = != < <= > >= ~ (contains), in (a, b), and, or, not, parentheses. "
        + "Values with spaces are quoted; null is a missing value. A comparison is false for a run without the value.";

    public const string Archive = "The archived runs instead of the others; default false.";

    public const string OfStudy = "Filter by study.";

    // The filter, or the problem of the expression.
    public static ProblemHttpResult? Read(string[]? state, string? experiment, Guid? study, string[]? tag, string? q, string? where, bool? archived, out RunFilter filter)
    {
        filter = new RunFilter
        {
            States = [.. (state ?? []).Select(RunStates.Parse)],
            Experiment = experiment is null ? null : UnicodeText.Normalize(experiment),
            Study = study,
            Tags = [.. (tag ?? []).Select(UnicodeText.Normalize)],
            Query = RunFilter.SplitWords(q ?? ""),
            Archived = archived == true,
            Limit = 0,
        };
        try
        {
            filter = filter with { Where = string.IsNullOrWhiteSpace(where) ? null : FilterExpression.Parse(where) };
            return null;
        }
        catch (FilterException exception)
        {
            return Problem.Create(
                StatusCodes.Status400BadRequest,
                "invalid-filter",
                "The filter expression cannot be read.",
                exception.Message,
                (Problem.Help, $"The mistake is at character {exception.Start + 1} of 'where'. GET /api/v1/runs/fields lists the fields."),
                ("parameter", "where"),
                ("code", exception.Code),
                ("arguments", exception.Arguments),
                ("start", exception.Start),
                ("length", exception.Length));
        }
    }
}

/// <summary>The states of runs, as the API names them.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class AllowedRunStatesAttribute() : AllowedItemsAttribute([.. Enum.GetValues<RunState>().Select(state => state.ToWireName())]);

[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class RunTagsAttribute()
    : ValidationAttribute($"The field {{0}} may be given {MaximumTags} times, with up to {RunConditions.MaximumText} characters and no NUL characters.")
{
    private const int MaximumTags = 20;

    public override bool IsValid(object? value) => value is not string[] tags
        || (tags.Length <= MaximumTags && Array.TrueForAll(tags, tag => UnicodeText.Length(tag) <= RunConditions.MaximumText && !tag.Contains('\0', StringComparison.Ordinal)));
}

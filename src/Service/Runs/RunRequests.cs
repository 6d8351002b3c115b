using System.Globalization;
using Trainyard.Service.Http;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Runs;

/// <summary>Extends the training of a run.</summary>
[OptionalMembers]
public sealed record ExtendRequest
{
    /// <summary>New total number of epochs, including the completed ones, at least the present number; null leaves it unchanged.</summary>
    public int? Epochs { get; init; }

    /// <summary>
    /// New time limit in seconds of training, including the time that has passed, at least the present limit; null leaves it unchanged. A run that failed because
    /// it reached its limit needs a larger one.
    /// </summary>
    public double? TimeLimitSeconds { get; init; }

    // The first member with a value that does not extend the run. isOver: The run has reached its time limit.
    internal (string Member, string Found, string Allowed)? FindInvalid(int epochs, double? limitSeconds, bool isOver)
    {
        if (Epochs is null && TimeLimitSeconds is null)
        {
            return ("epochs", "null", "a number of epochs, a time limit, or both");
        }

        if (Epochs < epochs || Epochs > RunActions.MaximumEpochs)
        {
            return ("epochs", $"{Epochs}", $"more than the {epochs} epochs of the run, up to {RunActions.MaximumEpochs}");
        }

        // No limit is more than any.
        var isLess = TimeLimitSeconds < limitSeconds || (TimeLimitSeconds is not null && limitSeconds is null) || !(TimeLimitSeconds is null or > 0 and <= SpecLimits.MaximumTimeLimitSeconds);
        return isLess || (isOver && (TimeLimitSeconds ?? limitSeconds) <= limitSeconds)
            ? (
                "timeLimitSeconds", TimeLimitSeconds is { } found ? found.ToString(CultureInfo.InvariantCulture) : "null",
                limitSeconds is { } limit
                    ? string.Create(CultureInfo.InvariantCulture, $"more than the {limit} seconds of the run, up to {SpecLimits.MaximumTimeLimitSeconds}")
                    : "null: the run has no time limit")
            : null;
    }
}

/// <summary>Differences between a run and its fork.</summary>
[OptionalMembers]
public sealed record ForkRequest
{
    internal const int MaximumChanges = 100;

    /// <summary>Changes to the spec, applied in this order, at most 100. Without changes the fork repeats the run.</summary>
    public IReadOnlyList<SpecChange>? Changes { get; init; }

    /// <summary>Name of the fork; by default that of the changed spec.</summary>
    public string? Name { get; init; }

    /// <summary>Whether to start from the weights of the parent's latest checkpoint. Requires the same layers.</summary>
    public bool Weights { get; init; }
}

/// <summary>Changes to name, notes and tags of a run; members that are missing or null are left unchanged.</summary>
[OptionalMembers]
public sealed record RunEdit
{
    private const int MaximumName = 100;
    private const int MaximumNotes = 10_000;
    internal const int MaximumTags = 20;
    private const int MaximumTag = 40;

    /// <summary>Name, 1 to 100 characters. The spec keeps the name that it was submitted with.</summary>
    public string? Name { get; init; }

    /// <summary>Notes, up to 10,000 characters; an empty text removes them.</summary>
    public string? Notes { get; init; }

    /// <summary>All tags, up to 20 with 1 to 40 characters each; an empty list removes them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    // White space around values and repeated tags removed.
    internal RunEdit Normalize() => new()
    {
        Name = Name?.Trim(),
        Notes = Notes?.Trim().ReplaceLineEndings("\n"),
        Tags = Tags is null ? null : [.. Tags.Select(tag => tag?.Trim() ?? "").Distinct(StringComparer.Ordinal)],
    };

    // The first member with a value that is not allowed.
    internal (string Member, string Found, string Allowed)? FindInvalid()
    {
        if (Name is not null && (Name.Length is 0 or > MaximumName || Name.Any(char.IsControl)))
        {
            return ("name", Shorten(Name), $"a line of 1 to {MaximumName} characters");
        }

        if (Notes is not null && (Notes.Length > MaximumNotes || Notes.Any(character => char.IsControl(character) && character is not ('\n' or '\t'))))
        {
            return ("notes", Shorten(Notes), $"text of up to {MaximumNotes} characters");
        }

        if (Tags?.FirstOrDefault(tag => tag.Length is 0 or > MaximumTag || tag.Any(char.IsControl)) is { } invalid)
        {
            return ("tags", Shorten(invalid), $"a line of 1 to {MaximumTag} characters for each tag");
        }

        return Tags?.Count > MaximumTags ? ("tags", $"{Tags.Count} tags", $"at most {MaximumTags} tags") : null;
    }

    private static string Shorten(string text) => text.Length <= MaximumTag + 1 ? text : text[..MaximumTag] + "...";
}

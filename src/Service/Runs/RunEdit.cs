using Trainyard.Service.Http;
namespace Trainyard.Service.Runs;

/// <summary>What to change of a run's labels; what is left out, or null, stays.</summary>
[OptionalMembers]
public sealed record RunEdit
{
    /// <summary>What a person calls the run, 1 to 100 characters. The spec keeps the name that it was submitted with.</summary>
    public string? Name { get; init; }

    /// <summary>What a person wants to remember about it, up to 10,000 characters; empty removes the notes.</summary>
    public string? Notes { get; init; }

    /// <summary>All its tags, up to 20 of 1 to 40 characters each; an empty list removes them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    private const int MaximumName = 100;
    private const int MaximumNotes = 10_000;
    private const int MaximumTags = 20;
    private const int MaximumTag = 40;

    // Without blanks around words and without repeated tags, or what is wrong: member, found, allowed.
    internal (RunEdit Edit, (string Name, string Found, string Allowed)? Wrong) Normalize()
    {
        var edit = new RunEdit
        {
            Name = Name?.Trim(),
            Notes = Notes?.Trim().ReplaceLineEndings("\n"),
            Tags = Tags is null ? null : [.. Tags.Select(tag => tag?.Trim() ?? "").Distinct(StringComparer.Ordinal)],
        };
        return (edit, edit.Wrong());
    }

    private (string Name, string Found, string Allowed)? Wrong()
    {
        if (Name is not null && (Name.Length is 0 or > MaximumName || Name.Any(char.IsControl)))
        {
            return ("name", Shorten(Name), $"a line of 1 to {MaximumName} characters");
        }

        if (Notes is not null && (Notes.Length > MaximumNotes || Notes.Any(sign => char.IsControl(sign) && sign is not ('\n' or '\t'))))
        {
            return ("notes", Shorten(Notes), $"text of up to {MaximumNotes} characters");
        }

        if (Tags?.FirstOrDefault(tag => tag.Length is 0 or > MaximumTag || tag.Any(char.IsControl)) is { } bad)
        {
            return ("tags", Shorten(bad), $"a line of 1 to {MaximumTag} characters for each tag");
        }

        return Tags?.Count > MaximumTags ? ("tags", $"{Tags.Count} tags", $"at most {MaximumTags} tags") : null;
    }

    private static string Shorten(string text) => text.Length <= MaximumTag + 1 ? text : text[..MaximumTag] + "...";
}

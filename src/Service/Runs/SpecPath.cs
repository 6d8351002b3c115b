using System.Text.RegularExpressions;

namespace Trainyard.Service.Runs;

/// <summary>
/// A place in a spec as lists name it: <c>param.training.optimizer.learningRate</c>, and <c>param.model.blocks.*.filters</c> for the list of what
/// all members of a list have there.
/// </summary>
/// <param name="Pointer">The place as a JSON pointer.</param>
internal sealed partial record SpecPath(string Pointer)
{
    /// <summary>What begins such a name.</summary>
    public const string Prefix = "param.";

    // As many items of a list as run_parameters has.
    private const string Items = "[0 to 63]";

    /// <summary>Whether it is a single item of a list, which <c>run_parameters</c> does not have.</summary>
    public bool IsItem => Pointer.Split('/').Any(segment => segment.Length > 0 && segment.All(char.IsAsciiDigit));

    /// <summary>Reads a name; null: it is none.</summary>
    public static SpecPath? Parse(string text) => Pattern().IsMatch(text) ? new SpecPath($"/{text[Prefix.Length..].Replace('.', '/')}") : null;

    /// <summary>The value there as jsonb; null where there is none. Names are of letters that need no quoting.</summary>
    /// <param name="table">Alias of <c>runs</c>.</param>
    public string Sql(string table) => Pointer.Contains('*', StringComparison.Ordinal)
        ? $"nullif(jsonb_path_query_array({table}.spec, '${string.Concat(Pointer.Split('/').Skip(1).Select(segment => segment == "*" ? Items : $".\"{segment}\""))} ? (@ != null)'), '[]')"
        : $"nullif({table}.spec #> '{{{Pointer[1..].Replace('/', ',')}}}', 'null')";

    [GeneratedRegex("^param(\\.([A-Za-z0-9_-]{1,64}|\\*)){1,8}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}

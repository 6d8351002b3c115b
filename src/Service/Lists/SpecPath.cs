using System.Text.RegularExpressions;

namespace Trainyard.Service.Lists;

/// <summary>A place in a spec as lists name it: <c>param.training.optimizer.learningRate</c>.</summary>
/// <param name="Sql">The value there as jsonb; names are of letters that need no quoting. Written out, so that an index on it is found.</param>
internal sealed partial record SpecPath(string Sql)
{
    /// <summary>What begins such a name.</summary>
    public const string Prefix = "param.";

    /// <summary>Reads a name; null: it is none.</summary>
    public static SpecPath? Parse(string text) => Pattern().IsMatch(text) ? new SpecPath($"r.spec #> '{{{text[Prefix.Length..].Replace('.', ',')}}}'") : null;

    [GeneratedRegex("^param(\\.[A-Za-z0-9_-]{1,64}){1,8}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}

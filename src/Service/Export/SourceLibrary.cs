using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Trainyard.Service.Export;

/// <summary>
/// The trainer's own sources as text, one type a file: what a program needs of them is found by following the names that it mentions. Where a
/// source lists techniques by name, only the lines of those that the program uses are kept.
/// </summary>
internal static partial class SourceLibrary
{
    private const string Prefix = "code/csharp/";

    // The texts are our own; no expression comes near it.
    private const int TimeoutMilliseconds = 10_000;

    private static readonly FrozenDictionary<string, string> Sources = typeof(SourceLibrary).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => Path.GetFileNameWithoutExtension(name[Prefix.Length..]), name => CodeText.Part(name["code/".Length..]), StringComparer.Ordinal);

    // Last words of the namespaces that the sources are in: a program has none.
    private static readonly FrozenSet<string> Spaces = Sources.Values.Select(text => Namespace().Match(text)).Where(match => match.Success)
        .Select(match => match.Groups["name"].Value.Split('.')[^1]).Where(name => !Sources.ContainsKey(name)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What a program needs besides itself.</summary>
    /// <param name="program">Its text.</param>
    /// <param name="techniques">Names of the techniques that it uses.</param>
    /// <returns>The namespaces that the types use, and the text of each type, by name.</returns>
    public static (IReadOnlyList<string> Usings, IReadOnlyList<string> Types) Needed(string program, IReadOnlySet<string> techniques)
    {
        var taken = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var waiting = new Stack<string>(Mentioned(program));
        while (waiting.TryPop(out var name))
        {
            if (taken.ContainsKey(name))
            {
                continue;
            }

            taken[name] = Pruned(Sources[name], techniques);
            foreach (var mentioned in Mentioned(taken[name]))
            {
                waiting.Push(mentioned);
            }
        }

        return (
            [.. taken.Values.SelectMany(text => Using().Matches(text).Select(match => match.Groups["name"].Value)).Where(name => !name.Contains(nameof(Trainyard), StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. taken.Values.Select(Body)]);
    }

    // Types that the text names outside of comments.
    private static IEnumerable<string> Mentioned(string text) =>
        Word().Matches(Comment().Replace(text, "")).Select(match => match.Value).Distinct(StringComparer.Ordinal).Where(Sources.ContainsKey);

    // Lines of a switch that are about other techniques go, with the comments above them.
    private static string Pruned(string text, IReadOnlySet<string> techniques)
    {
        var kept = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            var names = Arm().Match(line) is { Success: true } arm ? Quoted().Matches(arm.Value).Select(match => match.Groups["name"].Value).ToList() : [];
            if (names.Count == 0 || names.Exists(techniques.Contains))
            {
                kept.Add(line);
                continue;
            }

            while (kept.Count > 0 && kept[^1].TrimStart().StartsWith("//", StringComparison.Ordinal))
            {
                kept.RemoveAt(kept.Count - 1);
            }
        }

        return string.Join('\n', kept);
    }

    // What follows the namespace, with types that are named by theirs named plainly.
    private static string Body(string text)
    {
        var start = Namespace().Match(text);
        var body = text[(start.Success ? start.Index + start.Length : 0)..].Trim('\n') + "\n";
        return Qualified().Replace(body, match => Spaces.Contains(match.Groups["space"].Value) && Sources.ContainsKey(match.Groups["type"].Value)
            ? match.Groups["type"].Value
            : match.Value);
    }

    [GeneratedRegex(@"^using (?<name>(static )?[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Using();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);\n", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\b(?<space>[A-Z]\w*)\.(?<type>[A-Z]\w*)", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Qualified();

    [GeneratedRegex(@"\b[A-Z]\w*", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Word();

    [GeneratedRegex(@"//.*", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Comment();

    // One line of a switch expression over names: "adam" => ..., or "circles" or "moons" => ...
    [GeneratedRegex(@"^\s*""\w[\w-]*""( or ""\w[\w-]*"")* =>", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Arm();

    [GeneratedRegex(@"""(?<name>[\w-]+)""", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Quoted();
}

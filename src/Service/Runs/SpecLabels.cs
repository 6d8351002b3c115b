using System.Collections.Frozen;
using System.Globalization;
using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Runs;

internal static class SpecLabels
{
    private static readonly FrozenDictionary<string, string> Names = TechniqueCatalog.All
        .Select(technique => (Place: $"{technique.Pointer}/name {technique.Name}", Name: technique.ShortTitle))
        .Append((Place: "/model/kind mlp", Name: "MLP")).Append((Place: "/model/kind cnn", Name: "CNN"))
        .DistinctBy(name => name.Place).ToFrozenDictionary(name => name.Place, name => name.Name, StringComparer.Ordinal);

    /// <summary>A value at a pointer as people write it: SGD for sgd at <c>/training/optimizer/name</c>; most are as in the spec.</summary>
    public static string Value(string pointer, ParameterValue? value) => Names.GetValueOrDefault($"{pointer} {value}", $"{value}");

    /// <summary><c>/training/optimizer/learningRate</c>: optimizer learning rate; <c>/model/blocks/0/filters</c>: block 1 filters.</summary>
    public static string For(string pointer)
    {
        var segments = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        // Without the section of the spec, and without the name of a technique or kind.
        var words = segments.Length > 1 ? segments[1..] : segments;
        if (words is [.., "name"] or [.., _, "kind"] && words.Length > 1)
        {
            words = words[..^1];
        }

        List<string> parts = [];
        foreach (var word in words)
        {
            if (word == "*")
            {
                parts[^1] = Singular(parts[^1]);
            }
            else if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                parts[^1] = $"{Singular(parts[^1])} {index + 1}";
            }
            else
            {
                parts.Add(Spaced(word));
            }
        }

        return segments is ["model", "kind"] ? "model" : string.Join(' ', parts);
    }

    private static string Singular(string word) => word.EndsWith('s') ? word[..^1] : word;

    private static string Spaced(string word) =>
        string.Concat(word.Select(letter => char.IsAsciiLetterUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}")).Replace('_', ' ');
}

namespace Trainyard.Service.Compare;

/// <summary>Puts runs together that are equal but for the seed.</summary>
internal static class RunGroups
{
    // More places than this in one factor (a network, layer by layer) are not spelled out.
    private const int MostParts = 3;

    /// <summary>The groups, in the order of their first runs.</summary>
    public static IReadOnlyList<RunGroup> Of(IReadOnlyList<ComparisonInput> runs, IReadOnlyList<Factor> factors)
    {
        var groups = runs.GroupBy(run => run.Spec.Key(), StringComparer.Ordinal).ToList();
        var specs = groups.ConvertAll(group => group.First().Spec);
        return [.. groups.Select((group, index) => new RunGroup
        {
            Key = group.Key,
            Label = Label(specs, specs[index], factors),
            Runs = [.. group.Select(run => run.Run.Id)],
        })];
    }

    private static string Label(IReadOnlyList<FlatSpec> specs, FlatSpec spec, IReadOnlyList<Factor> factors)
    {
        var label = string.Join(", ", factors.Select(factor => Part(specs, spec, factor)).Where(part => part.Length > 0));
        return label.Length > 0 ? label : "same settings";
    }

    private static string Part(IReadOnlyList<FlatSpec> specs, FlatSpec spec, Factor factor)
    {
        // What sets the spec apart from those that hold the same technique here: adam needs no beta when there is one adam only.
        var name = factor.Pointers.FirstOrDefault(pointer => pointer.EndsWith("/name", StringComparison.Ordinal));
        var peers = name is null ? specs : [.. specs.Where(other => other[name] == spec[name])];
        var telling = factor.Pointers.Where(pointer => pointer != name && peers.Any(other => other[pointer] != spec[pointer])).ToList();
        if (telling.Count > MostParts)
        {
            var variants = specs.Select(other => string.Join('\n', factor.Pointers.Select(pointer => $"{other[pointer]}"))).Distinct(StringComparer.Ordinal).ToList();
            var own = string.Join('\n', factor.Pointers.Select(pointer => $"{spec[pointer]}"));
            return $"{factor.Label} {(char)('A' + (variants.IndexOf(own) % 26))}";
        }

        IEnumerable<string> parts = telling.Select(pointer => spec[pointer] is { } value ? $"{SpecLabels.Of(pointer)} {value}" : $"no {SpecLabels.Of(pointer)}");
        return string.Join(", ", name is null ? parts : parts.Prepend(spec[name] is { } technique ? $"{technique}" : $"no {SpecLabels.Of(name)}"));
    }
}

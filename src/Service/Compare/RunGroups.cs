namespace Trainyard.Service.Compare;

/// <summary>Groups runs that differ only in the seed.</summary>
internal static class RunGroups
{
    // A factor with more differences, such as an architecture, gets a letter.
    private const int MaximumParts = 3;

    /// <summary>The groups in the order of their first runs.</summary>
    public static IReadOnlyList<RunGroup> Create(IReadOnlyList<ComparisonInput> runs, IReadOnlyList<Factor> factors)
    {
        var groups = runs.GroupBy(run => run.Spec.Key(), StringComparer.Ordinal).ToList();
        var specs = groups.ConvertAll(group => group.First().Spec);
        return [.. groups.Select((group, index) => Group(group.Key, group, [.. factors.SelectMany(factor => Parts(specs, specs[index], factor))]))];
    }

    private static RunGroup Group(string key, IEnumerable<ComparisonInput> runs, IReadOnlyList<LabelPart> parts) => new()
    {
        Key = key,
        Label = parts.Count > 0 ? string.Join(", ", parts.Select(part => part.Text)) : "same settings",
        Parts = parts,
        Runs = [.. runs.Select(run => run.Run.Id)],
    };

    private static IEnumerable<LabelPart> Parts(IReadOnlyList<FlatSpec> specs, FlatSpec spec, Factor factor)
    {
        // Parameters that distinguish the spec from others with the same technique: a single adam needs no beta.
        var name = factor.Pointers.FirstOrDefault(pointer => pointer.EndsWith("/name", StringComparison.Ordinal));
        var peers = name is null ? specs : [.. specs.Where(other => other[name] == spec[name])];
        var distinctive = factor.Pointers.Where(pointer => pointer != name && peers.Any(other => other[pointer] != spec[pointer])).ToList();
        if (distinctive.Count > MaximumParts)
        {
            var variants = specs.Select(other => Values(other, factor)).Distinct(StringComparer.Ordinal).ToList();
            var letter = (char)('A' + (variants.IndexOf(Values(spec, factor)) % 26));
            return [new LabelPart { Code = LabelPartCode.Variant, Pointer = factor.Key, Value = $"{letter}" }];
        }

        return (name is null ? distinctive : distinctive.Prepend(name)).Select(pointer => new LabelPart
        {
            Code = spec[pointer] is null ? LabelPartCode.None : pointer == name ? LabelPartCode.Technique : LabelPartCode.Value,
            Pointer = pointer,
            Value = spec[pointer],
        });
    }

    private static string Values(FlatSpec spec, Factor factor) => string.Join('\n', factor.Pointers.Select(pointer => $"{spec[pointer]}"));
}

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
        var specs = new SpecTable(groups.ConvertAll(group => group.First().Spec));
        var parts = factors.Select(factor => Parts(specs, factor)).ToList();
        return [.. groups.Select((group, index) => Group(group.Key, group, [.. parts.SelectMany(ofFactor => ofFactor[index])]))];
    }

    private static RunGroup Group(string key, IEnumerable<ComparisonInput> runs, IReadOnlyList<LabelPart> parts) => new()
    {
        Key = key,
        Label = parts.Count > 0 ? string.Join(", ", parts.Select(part => part.Text)) : "same settings",
        Parts = parts,
        Runs = [.. runs.Select(run => run.Run.Id)],
    };

    // The parts of each spec.
    private static IReadOnlyList<IReadOnlyList<LabelPart>> Parts(SpecTable specs, Factor factor)
    {
        var name = factor.Pointers.FirstOrDefault(pointer => pointer.EndsWith("/name", StringComparison.Ordinal));
        var techniques = name is null ? new int[specs.Count] : specs.Numbers(name);
        var variants = specs.Numbers(factor.Pointers);
        // Parameters that distinguish a spec from others with the same technique: a single adam needs no beta.
        var distinctive = techniques.Distinct().ToDictionary(technique => technique, technique =>
        {
            var peers = Enumerable.Range(0, specs.Count).Where(spec => techniques[spec] == technique).ToList();
            return factor.Pointers.Where(pointer => pointer != name && peers.Exists(peer => specs.Numbers(pointer)[peer] != specs.Numbers(pointer)[peers[0]])).ToList();
        });
        return [.. Enumerable.Range(0, specs.Count).Select(spec => Parts(specs, spec, factor, name, distinctive[techniques[spec]], variants[spec]))];
    }

    private static IReadOnlyList<LabelPart> Parts(SpecTable specs, int spec, Factor factor, string? name, List<string> distinctive, int variant) =>
        distinctive.Count > MaximumParts ? [new LabelPart { Code = LabelPartCode.Variant, Pointer = factor.Key, Value = $"{(char)('A' + (variant % 26))}" }]
        : [.. (name is null ? distinctive : distinctive.Prepend(name)).Select(pointer => new LabelPart
        {
            Code = specs.Value(spec, pointer) is null ? LabelPartCode.None : pointer == name ? LabelPartCode.Technique : LabelPartCode.Value,
            Pointer = pointer,
            Value = specs.Value(spec, pointer),
        })];
}

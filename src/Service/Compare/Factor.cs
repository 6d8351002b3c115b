namespace Trainyard.Service.Compare;

/// <summary>
/// Something that a person would name as one cause: an optimizer with its parameters, or a single number when all specs agree on what it
/// belongs to.
/// </summary>
/// <param name="Key">The place in the specs that stands for it, or <c>architecture</c>.</param>
/// <param name="Label">In words.</param>
/// <param name="Pointers">The places where the specs differ in it.</param>
internal sealed record Factor(string Key, string Label, IReadOnlyList<string> Pointers)
{
    /// <summary>Key and label of the network as a whole.</summary>
    public const string Architecture = "architecture";

    // Together they say what the network is: a change of one usually needs a change of the others.
    private static readonly string[] ArchitectureRoots =
        ["/model/kind", "/model/preset", "/model/blocks", "/model/dense", "/model/layers", "/model/globalPool"];

    /// <summary>The factors in which some specs differ, the seed apart.</summary>
    public static IReadOnlyList<Factor> Of(IReadOnlyList<FlatSpec> specs)
    {
        var differing = specs.SelectMany(spec => spec.Pointers).Distinct(StringComparer.Ordinal)
            .Where(pointer => FlatSpec.HasInfluence(pointer) && Differs(specs, pointer)).ToList();
        return [.. differing.GroupBy(Root, StringComparer.Ordinal).SelectMany(root => Split(specs, root.Key, [.. root]))];
    }

    /// <summary>Whether two specs differ in it.</summary>
    public bool Differs(FlatSpec first, FlatSpec second) => Pointers.Any(pointer => first[pointer] != second[pointer]);

    private static bool Differs(IReadOnlyList<FlatSpec> specs, string pointer) => specs.Select(spec => spec[pointer]).Distinct().Skip(1).Any();

    private static string Root(string pointer)
    {
        var end = pointer.IndexOf('/', 1);
        end = end < 0 ? -1 : pointer.IndexOf('/', end + 1);
        var root = end < 0 ? pointer : pointer[..end];
        return ArchitectureRoots.Contains(root, StringComparer.Ordinal) ? Architecture : root;
    }

    // One factor when the specs hold different things there; a factor for each number when they hold the same thing with other numbers.
    private static IEnumerable<Factor> Split(IReadOnlyList<FlatSpec> specs, string root, IReadOnlyList<string> pointers)
    {
        var whole = pointers.Any(pointer => pointer.EndsWith("/name", StringComparison.Ordinal) || pointer.EndsWith("/kind", StringComparison.Ordinal)
            || specs.Any(spec => spec[pointer] is null));
        return whole
            ? [new Factor(root, root == Architecture ? Architecture : SpecLabels.Of(root), pointers)]
            : pointers.Select(pointer => new Factor(pointer, SpecLabels.Of(pointer), [pointer]));
    }
}

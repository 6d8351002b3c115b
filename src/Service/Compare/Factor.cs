using Trainyard.Service.Runs;

namespace Trainyard.Service.Compare;

// A possible cause of a difference: a technique with its parameters, the architecture as a whole, or a single parameter where all specs use the same technique.
// Key: JSON pointer, or architecture.
internal sealed record Factor(string Key, string Label, IReadOnlyList<string> Pointers)
{
    public const string Architecture = "architecture";

    // A change of one usually requires changes of the others.
    private static readonly string[] ArchitectureRoots =
        ["/model/kind", "/model/preset", "/model/blocks", "/model/dense", "/model/layers", "/model/globalPool"];

    /// <summary>The factors in which specs differ, except the seed.</summary>
    public static IReadOnlyList<Factor> Find(SpecTable specs) =>
        [.. specs.Pointers.Where(pointer => FlatSpec.HasInfluence(pointer) && specs.Differs(pointer)).GroupBy(Root, StringComparer.Ordinal).SelectMany(root => Split(specs, root.Key, [.. root]))];

    private static string Root(string pointer)
    {
        var end = pointer.IndexOf('/', 1);
        end = end < 0 ? -1 : pointer.IndexOf('/', end + 1);
        var root = end < 0 ? pointer : pointer[..end];
        return ArchitectureRoots.Contains(root, StringComparer.Ordinal) ? Architecture : root;
    }

    // One factor for different techniques; one for each parameter of the same technique.
    private static IEnumerable<Factor> Split(SpecTable specs, string root, IReadOnlyList<string> pointers)
    {
        var whole = pointers.Any(pointer => pointer.EndsWith("/name", StringComparison.Ordinal) || pointer.EndsWith("/kind", StringComparison.Ordinal)
            || specs.Numbers(pointer).Contains(-1));
        return whole
            ? [new Factor(root, root == Architecture ? Architecture : SpecLabels.For(root), pointers)]
            : pointers.Select(pointer => new Factor(pointer, SpecLabels.For(pointer), [pointer]));
    }
}

using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Compare;

// Specs side by side. The different values of each parameter are numbered, in the order in which specs have them, so that many specs are compared by numbers: a
// hundred of them are five thousand pairs.
internal sealed class SpecTable
{
    private readonly IReadOnlyList<FlatSpec> specs;
    private readonly Dictionary<string, int[]> numbers = new(StringComparer.Ordinal);

    public SpecTable(IReadOnlyList<FlatSpec> specs)
    {
        this.specs = specs;
        Pointers = [.. specs.SelectMany(spec => spec.Pointers).Distinct(StringComparer.Ordinal)];
        foreach (var pointer in Pointers)
        {
            var known = new Dictionary<ParameterValue, int>();
            numbers[pointer] = [.. specs.Select(spec => spec[pointer] is not { } value ? -1 : known.TryGetValue(value, out var number) ? number : known[value] = known.Count)];
        }
    }

    /// <summary>Pointers of all parameters that some spec has, in document order of the first that has them.</summary>
    public IReadOnlyList<string> Pointers { get; }

    /// <summary>Number of specs.</summary>
    public int Count => specs.Count;

    /// <summary>A parameter of a spec; null without it.</summary>
    public ParameterValue? Value(int spec, string pointer) => specs[spec][pointer];

    /// <summary>Number of the value of each spec; -1 without the parameter.</summary>
    public IReadOnlyList<int> Numbers(string pointer) => numbers[pointer];

    /// <summary>Whether the specs differ in a parameter.</summary>
    public bool Differs(string pointer) => numbers[pointer].AsSpan().ContainsAnyExcept(numbers[pointer].AsSpan()[0]);

    /// <summary>Number of the values of some parameters together, from 0 in the order of the specs: two specs with one number have all of these values in common.</summary>
    public int[] Numbers(IReadOnlyList<string> pointers)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, Count).Select(spec =>
        {
            var values = string.Join(' ', pointers.Select(pointer => numbers[pointer][spec]));
            return known.TryGetValue(values, out var number) ? number : known[values] = known.Count;
        })];
    }
}

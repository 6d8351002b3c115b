using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Compare;

/// <summary>A canonical spec as scalars by JSON pointer. A null is as good as a missing member.</summary>
internal sealed class FlatSpec
{
    // What people call a run, and what is only looked at: training takes the same course whatever these are.
    private static readonly string[] WithoutInfluence =
        ["/version", "/name", "/experiment", "/training/evaluateTest", "/training/timeLimitSeconds", "/training/observe"];

    private static readonly string[] Names = ["/version", "/name", "/experiment"];

    private readonly SortedDictionary<string, ParameterValue> values = new(StringComparer.Ordinal);
    private readonly List<string> pointers = [];

    /// <summary>Flattens a spec.</summary>
    public FlatSpec(JsonElement spec) => Add("", spec);

    /// <summary>Pointer of the seed.</summary>
    public const string Seed = "/seed";

    /// <summary>Where the spec has a value, in the order of the document.</summary>
    public IReadOnlyList<string> Pointers => pointers;

    /// <summary>The value at a place; null when there is none.</summary>
    public ParameterValue? this[string pointer] => values.TryGetValue(pointer, out var value) ? value : (ParameterValue?)null;

    /// <summary>Whether a place only says what the run is called.</summary>
    public static bool IsName(string pointer) => Names.Contains(pointer, StringComparer.Ordinal);

    /// <summary>Whether training depends on the value at a place, the seed apart.</summary>
    public static bool HasInfluence(string pointer) => pointer != Seed
        && !WithoutInfluence.Any(place => pointer == place || pointer.StartsWith(place + "/", StringComparison.Ordinal));

    /// <summary>Hash of all that training depends on but the seed: 12 hexadecimal digits, the same for the same settings.</summary>
    public string Key()
    {
        var text = string.Join('\n', values.Where(pair => HasInfluence(pair.Key)).Select(pair => $"{pair.Key}={pair.Value.Kind}:{pair.Value}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
    }

    private void Add(string pointer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    Add($"{pointer}/{member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index())
                {
                    Add($"{pointer}/{index}", item);
                }

                break;
            case JsonValueKind.Number:
                Set(pointer, element.GetDouble());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Set(pointer, element.GetBoolean());
                break;
            case JsonValueKind.String:
                Set(pointer, element.GetString()!);
                break;
            default:
                break;
        }
    }

    private void Set(string pointer, ParameterValue value)
    {
        values[pointer] = value;
        pointers.Add(pointer);
    }
}

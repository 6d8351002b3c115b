using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Compare;

/// <summary>A canonical spec as scalars by JSON pointer; null is the same as a missing member.</summary>
internal sealed class FlatSpec
{
    // Names, and settings that do not influence training. The column setting of runs leaves out the same.
    private static readonly string[] WithoutInfluence =
        ["/version", "/name", "/experiment", "/training/evaluateTest", "/training/timeLimitSeconds", "/training/observe"];

    private static readonly string[] Names = ["/version", "/name", "/experiment"];

    private readonly Dictionary<string, ParameterValue> values = new(StringComparer.Ordinal);
    private readonly List<string> pointers = [];

    public FlatSpec(JsonElement spec) => Add("", spec);

    public const string Seed = "/seed";
    public const string DataSeed = "/data/seed";

    /// <summary>Pointers with a value, in document order.</summary>
    public IReadOnlyList<string> Pointers => pointers;

    public ParameterValue? this[string pointer] => values.TryGetValue(pointer, out var value) ? value : (ParameterValue?)null;

    public static bool IsName(string pointer) => Names.Contains(pointer, StringComparer.Ordinal);

    /// <summary>Whether training depends on the parameter; false for the seed.</summary>
    public static bool HasInfluence(string pointer) => pointer != Seed
        && !WithoutInfluence.Any(root => pointer == root || pointer.StartsWith(root + "/", StringComparison.Ordinal));

    /// <summary>Hash of all parameters with influence, 12 hexadecimal digits.</summary>
    public string Key()
    {
        var text = string.Join('\n', values.Where(pair => HasInfluence(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value.Kind}:{pair.Value}"));
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

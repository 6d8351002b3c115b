using System.Globalization;
using System.Text.Json;

namespace Trainyard.Specs.Json;

/// <summary>Reads named arguments to form an English text from them.</summary>
/// <param name="arguments">The arguments.</param>
public sealed class MessageArgumentReader(IReadOnlyDictionary<string, JsonElement> arguments)
{
    /// <summary>The argument as in a sentence: strings without quotes, numbers without exponent; empty for null.</summary>
    public string this[string name] => Show(arguments[name]);

    /// <summary>Whether the argument is given and not null.</summary>
    public bool Has(string name) => arguments.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Whether the argument is null.</summary>
    public bool IsNull(string name) => arguments[name].ValueKind == JsonValueKind.Null;

    /// <summary>Whether the argument is true.</summary>
    public bool IsTrue(string name) => arguments[name].ValueKind == JsonValueKind.True;

    /// <summary>A number; NaN when it is null.</summary>
    public double Number(string name) => NumberOrNull(name) ?? double.NaN;

    /// <summary>A number; null when it is null.</summary>
    public double? NumberOrNull(string name) => IsNull(name) ? null : arguments[name].GetDouble();

    /// <summary>A number with that many significant digits, as in <c>0.69</c>, <c>1e-5</c> and <c>7.13e23</c>.</summary>
    public string Brief(string name, int digits) => Brief(Number(name), digits);

    /// <summary>A number with thousands separators, as in <c>10,000</c>.</summary>
    public string Grouped(string name) => ShowGrouped(Number(name));

    /// <summary>The argument as JSON: strings in quotes.</summary>
    public string Json(string name) => arguments[name].ValueKind == JsonValueKind.Number ? this[name] : arguments[name].GetRawText();

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<string> Items(string name) => [.. arguments[name].EnumerateArray().Select(Show)];

    /// <summary>The items of a list in quotes, as in <c>"sgd" | "adam"</c>.</summary>
    public string Choices(string name) => string.Join(" | ", Items(name).Select(item => $"\"{item}\""));

    /// <summary>A shape, as in <c>3 x 32 x 32</c>.</summary>
    public string Shape(string name) => string.Join(" x ", Items(name));

    /// <summary>The members of an argument that is an object.</summary>
    public MessageArgumentReader Object(string name) => new(Read<Dictionary<string, JsonElement>>(name));

    /// <summary>An argument of another type.</summary>
    public T Read<T>(string name) => arguments[name].Deserialize<T>(SpecJson.Options)!;

    /// <summary>A number without exponent and without trailing zeros, as in <c>0.0001</c>.</summary>
    public static string Show(double number) =>
        number.ToString("0.################", CultureInfo.InvariantCulture) is var text && text is not ("0" or "-0") ? text : number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A number with thousands separators, as in <c>10,000</c> and <c>0.0001</c>.</summary>
    public static string ShowGrouped(double number) => Math.Abs(number) >= 1000 ? number.ToString("#,0.####", CultureInfo.InvariantCulture) : Show(number);

    /// <summary>A number with that many significant digits, as in <c>0.69</c>, <c>1e-5</c> and <c>7.13e23</c>.</summary>
    public static string Brief(double number, int digits)
    {
        var text = number.ToString($"g{digits}", CultureInfo.InvariantCulture);
        var end = text.IndexOf('e', StringComparison.Ordinal);
        return end < 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text[..end]}e{int.Parse(text[(end + 1)..], CultureInfo.InvariantCulture)}");
    }

    private static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        JsonValueKind.Number => Show(value.GetDouble()),
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Show))}]",
        _ => value.GetRawText(),
    };
}

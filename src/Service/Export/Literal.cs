using System.Globalization;
using System.Text.Json;

namespace Trainyard.Service.Export;

/// <summary>Values as C# and Python both write them.</summary>
internal static class Literal
{
    /// <summary>A floating-point number, with a point or an exponent.</summary>
    public static string Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    public static string Integer(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A quoted text; JSON's escapes are also those of C# and Python.</summary>
    public static string Text(string value) => JsonSerializer.Serialize(value);

    /// <summary>A text that stays on its line of a comment.</summary>
    public static string Comment(string value) => string.Concat(value.Select(sign => char.IsControl(sign) || sign is '\u2028' or '\u2029' ? ' ' : sign));
}

using System.Globalization;
using System.Text.Json;

namespace Trainyard.Service.Export;

/// <summary>Values as both languages write them.</summary>
internal static class CodeText
{
    /// <summary>A number with a point, so that it is a floating-point number in either language.</summary>
    public static string Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    /// <summary>A whole number.</summary>
    public static string Integer(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A quoted text; JSON's escapes are also those of C# and Python.</summary>
    public static string Text(string value) => JsonSerializer.Serialize(value);

    /// <summary>One line of a comment.</summary>
    public static string Comment(string value) => string.Concat(value.Select(sign => char.IsControl(sign) || sign is '\u2028' or '\u2029' ? ' ' : sign));

    /// <summary>A file of <c>Code/</c>, or of the trainer's sources, as it is embedded in this assembly.</summary>
    /// <param name="name">As in <c>python/loop.py</c>.</param>
    public static string Part(string name)
    {
        using var stream = typeof(CodeText).Assembly.GetManifestResourceStream("code/" + name)
            ?? throw new InvalidOperationException($"There is no code part '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd() + "\n";
    }
}

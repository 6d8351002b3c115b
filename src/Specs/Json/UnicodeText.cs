using ADRaffy.ENSNormalize;

namespace Trainyard.Specs.Json;

/// <summary>Text as it is stored, compared and measured: in Unicode normalization form C, its length in code points, as in JSON Schema.</summary>
public static class UnicodeText
{
    /// <summary>The text in normalization form C, which is the same for Korean typed on every system. .NET's own normalization needs ICU.</summary>
    public static string Normalize(string text) => text.All(letter => letter < '\u0300') ? text : ENSNormalize.NF.NFC(text);

    /// <summary>The number of code points.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();
}

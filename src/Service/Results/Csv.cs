using System.Globalization;
using System.Text;
using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Results;

/// <summary>Rows of comma-separated values: RFC 4180, UTF-8, lines end with CR LF, numbers with a point.</summary>
internal sealed class Csv
{
    /// <summary>Content type of an answer.</summary>
    public const string ContentType = "text/csv; charset=utf-8; header=present";

    private readonly StringBuilder text = new();

    /// <summary>Adds a row.</summary>
    public void Add(IEnumerable<object?> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private static string Cell(object? value) => value switch
    {
        null => "",
        ParameterValue { Kind: not ParameterKind.Text } parameter => parameter.ToString(),
        string or ParameterValue => Quote(value.ToString()!),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quote(value.ToString()!),
    };

    private static string Quote(string text)
    {
        // What a person typed must not become a formula in a spreadsheet.
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}

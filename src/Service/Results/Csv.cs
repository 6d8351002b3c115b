using System.Globalization;
using System.Text;
using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Results;

/// <summary>CSV as in RFC 4180: UTF-8, CR LF, numbers with a decimal point.</summary>
internal sealed class Csv
{
    public const string ContentType = "text/csv; charset=utf-8; header=present";

    private readonly StringBuilder text = new();

    public void Add(IEnumerable<object?> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

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
        // Text must not become a formula in a spreadsheet.
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}

using System.Globalization;
using System.Text;
using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Results;

// CSV as in RFC 4180: CR LF, numbers with a decimal point. UTF-8 with a byte order mark, without which Excel reads another encoding.
internal sealed class Csv
{
    public const string ContentType = "text/csv; charset=utf-8; header=present";

    private readonly StringBuilder text = new("\uFEFF");

    public void Add(IEnumerable<object?> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    public override string ToString() => text.ToString();

    /// <summary>Writes the rows since the last call.</summary>
    public async Task FlushAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
        text.Clear();
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        ParameterValue { Kind: ParameterKind.Number } number => number.ToString(),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quote(value.ToString()!),
    };

    // Spreadsheets evaluate text with these beginnings, full-width ones too; an apostrophe in front makes it text.
    private static string Quote(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..] ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}

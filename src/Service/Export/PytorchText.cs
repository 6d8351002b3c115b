using System.Text;

namespace Trainyard.Service.Export;

/// <summary>A Python program while it is written: lines, and parts of <c>Code/Python</c>, each of them once.</summary>
internal sealed class PytorchText
{
    private readonly StringBuilder text = new();
    private readonly HashSet<string> written = new(StringComparer.Ordinal);

    /// <summary>A truth value.</summary>
    public static string Flag(bool value) => value ? "True" : "False";

    /// <summary>A whole number, or none.</summary>
    public static string Optional(int? value) => value is { } number ? CodeText.Integer(number) : "None";

    /// <summary>Writes one line.</summary>
    public void Line(string line) => text.Append(line).Append('\n');

    /// <summary>Writes those of these parts that are not there yet, each after two empty lines.</summary>
    /// <param name="names">Files of <c>Code/Python</c> without their endings, as in <c>loop</c>.</param>
    public void Parts(params string[] names)
    {
        foreach (var name in names.Where(written.Add))
        {
            Line("");
            Line("");
            text.Append(CodeText.Part($"python/{name}.py"));
        }
    }

    /// <summary>The text so far.</summary>
    public override string ToString() => text.ToString();
}

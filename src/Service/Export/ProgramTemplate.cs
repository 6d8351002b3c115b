using System.Text;

namespace Trainyard.Service.Export;

// A program text with conditions. @if CONDITION, @else and @end are lines of their own, or a line begins with
// @if CONDITION: ; {{name}} is replaced by a value. A condition is a list of terms that must all hold: name has a value,
// name=a|b has one of these, a|b any of these has a value, !term the term does not hold.
internal static class ProgramTemplate
{
    private const string If = "@if ";

    /// <summary>The text for these values.</summary>
    /// <exception cref="KeyNotFoundException">The text uses a value that is not there.</exception>
    public static string Render(string template, IReadOnlyDictionary<string, string> values)
    {
        var text = new StringBuilder();
        var blocks = new Stack<(bool Outer, bool Holds)>();
        var isKept = true;
        foreach (var line in template.Split('\n'))
        {
            if (line.StartsWith(If, StringComparison.Ordinal) && line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon)
            {
                if (isKept && Holds(line[If.Length..colon], values))
                {
                    text.Append(Replace(line[(colon + 2)..], values)).Append('\n');
                }
            }
            else if (line.StartsWith(If, StringComparison.Ordinal))
            {
                blocks.Push((isKept, Holds(line[If.Length..], values)));
                isKept = isKept && blocks.Peek().Holds;
            }
            else if (line == "@else")
            {
                isKept = blocks.Peek() is { Outer: true, Holds: false };
            }
            else if (line == "@end")
            {
                isKept = blocks.Pop().Outer;
            }
            else if (isKept)
            {
                text.Append(Replace(line, values)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static bool Holds(string condition, IReadOnlyDictionary<string, string> values) => condition.Split(' ').All(term => term[0] == '!' ? !TermHolds(term[1..], values) : TermHolds(term, values));

    private static bool TermHolds(string term, IReadOnlyDictionary<string, string> values) => term.Split('=') is [var name, var choices]
        ? values.TryGetValue(name, out var value) && choices.Split('|').Contains(value)
        : term.Split('|').Any(values.ContainsKey);

    // Every line of a value is indented as the line that it stands in.
    private static string Replace(string line, IReadOnlyDictionary<string, string> values)
    {
        var indent = new string(' ', line.Length - line.TrimStart(' ').Length);
        for (var start = line.IndexOf("{{", StringComparison.Ordinal); start >= 0; start = line.IndexOf("{{", start, StringComparison.Ordinal))
        {
            var end = line.IndexOf("}}", start, StringComparison.Ordinal);
            var value = values[line[(start + 2)..end]].Replace("\n", "\n" + indent, StringComparison.Ordinal);
            line = line[..start] + value + line[(end + 2)..];
            start += value.Length;
        }

        return line;
    }
}

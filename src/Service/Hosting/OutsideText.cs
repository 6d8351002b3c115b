using System.Buffers;

namespace Trainyard.Service.Hosting;

/// <summary>Text that others wrote (requests, trainers, Hangfire's jobs), before it gets into a log or a message.</summary>
internal static class OutsideText
{
    // Control characters but tab and line feed, and those that change the direction of the text after them.
    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Where(code => char.IsControl((char)code) && code is not ('\t' or '\n')).Select(code => (char)code),
        .. "\u061C\u200E\u200F\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"]);

    /// <summary>The text with a visible sign in place of each character that a terminal would execute, as in ␛[31m; a carriage return is a line feed.</summary>
    public static string Neutralize(string text) => text.AsSpan().ContainsAny(Unsafe)
        ? string.Create(text.Length, text, (result, given) =>
        {
            for (var i = 0; i < given.Length; i++)
            {
                result[i] = given[i] switch
                {
                    '\r' => '\n',
                    < ' ' and not ('\t' or '\n') and var control => (char)('\u2400' + control),
                    '\u007F' => '\u2421',
                    var other when Unsafe.Contains(other) => '\uFFFD',
                    var other => other,
                };
            }
        })
        : text;
}

namespace Trainyard.Service.Filters;

internal enum FilterTokenKind
{
    /// <summary>A name, keyword, number or value without quotes.</summary>
    Word,

    /// <summary>A value in quotes; the text of the token is without them.</summary>
    Quoted,

    Operator,

    Open,

    Close,

    Comma,

    End,
}

// A token of a filter expression. Start and Length: where it stands, for messages.
internal sealed record FilterToken(FilterTokenKind Kind, string Text, int Start, int Length)
{
    /// <summary>Splits an expression; the last token is the end.</summary>
    /// <exception cref="FilterException">A quotation is not closed, or a character has no meaning.</exception>
    public static IReadOnlyList<FilterToken> Split(string text)
    {
        List<FilterToken> tokens = [];
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var token = Next(text, at);
            tokens.Add(token);
            at += token.Length;
        }

        return [.. tokens, new FilterToken(FilterTokenKind.End, "", text.Length, 0)];
    }

    private static FilterToken Next(string text, int at) => text[at] switch
    {
        '(' => new(FilterTokenKind.Open, "(", at, 1),
        ')' => new(FilterTokenKind.Close, ")", at, 1),
        ',' => new(FilterTokenKind.Comma, ",", at, 1),
        '"' or '\'' => Quotation(text, at),
        '<' or '>' or '=' or '!' or '~' => Sign(text, at),
        var letter when IsOfWord(letter) => Word(text, at),
        _ => throw new FilterException(FilterErrorCode.UnexpectedCharacter, at, 1, ("found", text.Substring(at, char.IsSurrogatePair(text, at) ? 2 : 1))),
    };

    // A quote within is doubled: "5"" screen".
    private static FilterToken Quotation(string text, int at)
    {
        for (var end = at + 1; end < text.Length; end++)
        {
            if (text[end] == text[at])
            {
                if (end + 1 >= text.Length || text[end + 1] != text[at])
                {
                    var quote = text[at].ToString();
                    return new(FilterTokenKind.Quoted, text[(at + 1)..end].Replace(quote + quote, quote, StringComparison.Ordinal), at, end + 1 - at);
                }

                end++;
            }
        }

        throw new FilterException(FilterErrorCode.OpenQuotation, at, text.Length - at);
    }

    private static FilterToken Sign(string text, int at)
    {
        var length = at + 1 < text.Length && text.Substring(at, 2) is "<=" or ">=" or "!=" or "==" or "<>" or "!~" ? 2 : 1;
        return new(FilterTokenKind.Operator, text.Substring(at, length), at, length);
    }

    private static FilterToken Word(string text, int at)
    {
        var end = at;
        while (end < text.Length && IsOfWord(text[end]))
        {
            end++;
        }

        return new(FilterTokenKind.Word, text[at..end], at, end - at);
    }

    private static bool IsOfWord(char letter) => char.IsLetterOrDigit(letter) || char.IsSurrogate(letter) || letter is '_' or '.' or '-' or '+' or '*' or '/' or ':' or '%';
}

using System.Globalization;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Filters;

// Recursive descent: or, and, not, parentheses, comparison. Keywords in any case.
internal sealed class FilterParser(IReadOnlyList<FilterToken> tokens)
{
    private static readonly Dictionary<string, FilterOperator> Operators = new(StringComparer.Ordinal)
    {
        ["="] = FilterOperator.Equal,
        ["=="] = FilterOperator.Equal,
        ["!="] = FilterOperator.NotEqual,
        ["<>"] = FilterOperator.NotEqual,
        ["<"] = FilterOperator.Less,
        ["<="] = FilterOperator.LessOrEqual,
        [">"] = FilterOperator.Greater,
        [">="] = FilterOperator.GreaterOrEqual,
        ["~"] = FilterOperator.Contains,
    };

    private int place;
    private int comparisons;
    private int depth;

    private FilterToken Current => tokens[place];

    public FilterExpression Parse()
    {
        var expression = Or();
        return Current.Kind == FilterTokenKind.End ? expression : throw Error(FilterErrorCode.EndExpected, Current);
    }

    private FilterExpression Or()
    {
        List<FilterExpression> parts = [And()];
        while (Accept("or"))
        {
            parts.Add(And());
        }

        return parts.Count == 1 ? parts[0] : new FilterOr(parts);
    }

    private FilterExpression And()
    {
        List<FilterExpression> parts = [Not()];
        while (Accept("and"))
        {
            parts.Add(Not());
        }

        return parts.Count == 1 ? parts[0] : new FilterAnd(parts);
    }

    private FilterExpression Not()
    {
        var start = Current;
        if (Accept("not"))
        {
            return Nested(start, () => new FilterNot(Not()));
        }

        if (Current.Kind != FilterTokenKind.Open)
        {
            return Comparison();
        }

        place++;
        var inner = Nested(start, Or);
        if (Current.Kind != FilterTokenKind.Close)
        {
            throw Current.Kind == FilterTokenKind.End ? new FilterException(FilterErrorCode.OpenParenthesis, start.Start, start.Length) : Error(FilterErrorCode.EndExpected, Current);
        }

        place++;
        return inner;
    }

    private FilterExpression Nested(FilterToken start, Func<FilterExpression> read)
    {
        if (++depth > FilterExpression.MaximumDepth)
        {
            throw Error(FilterErrorCode.TooDeep, start, ("maximum", FilterExpression.MaximumDepth));
        }

        var inner = read();
        depth--;
        return inner;
    }

    private FilterExpression Comparison()
    {
        var name = Current;
        if (name.Kind != FilterTokenKind.Word)
        {
            throw Error(FilterErrorCode.FieldExpected, name);
        }

        if (FilterFields.Find(name.Text) is not { } field)
        {
            throw Error(FilterErrorCode.UnknownField, name, ("meant", FilterFields.Nearest(name.Text)));
        }

        place++;
        if (Accept("in"))
        {
            return new FilterOr(List(field));
        }

        var sign = Current;
        if (sign.Kind != FilterTokenKind.Operator || !Operators.TryGetValue(sign.Text, out var comparison))
        {
            throw Error(FilterErrorCode.OperatorExpected, sign, ("field", name.Text));
        }

        place++;
        return Compare(field, comparison, sign);
    }

    // = any of several values.
    private List<FilterExpression> List(FilterField field)
    {
        var open = Current;
        if (open.Kind != FilterTokenKind.Open)
        {
            throw Error(FilterErrorCode.ValueExpected, open);
        }

        List<FilterExpression> parts = [];
        do
        {
            place++;
            parts.Add(Compare(field, FilterOperator.Equal, open));
        }
        while (Current.Kind == FilterTokenKind.Comma);
        if (Current.Kind != FilterTokenKind.Close)
        {
            throw new FilterException(FilterErrorCode.OpenParenthesis, open.Start, open.Length);
        }

        place++;
        return parts;
    }

    private FilterComparison Compare(FilterField field, FilterOperator comparison, FilterToken sign)
    {
        if (++comparisons > FilterExpression.MaximumComparisons)
        {
            throw Error(FilterErrorCode.TooLong, sign, ("maximum", FilterExpression.MaximumComparisons));
        }

        var token = Current;
        if (token.Kind is not (FilterTokenKind.Word or FilterTokenKind.Quoted))
        {
            throw Error(FilterErrorCode.ValueExpected, token);
        }

        var isMissing = token is { Kind: FilterTokenKind.Word, Text: "null" };
        if (!field.Allows(comparison, isMissing))
        {
            throw Error(FilterErrorCode.WrongOperator, sign, ("field", field.Name), ("allowed", isMissing ? "= or !=" : field.AllowedOperators));
        }

        place++;
        return new FilterComparison(field, comparison, isMissing ? null : Value(field, token));
    }

    private static object Value(FilterField field, FilterToken token) => field.Kind switch
    {
        FilterKind.Number => Number(token.Text) ?? throw Wrong(field, token, "number"),
        FilterKind.Boolean => bool.TryParse(token.Text, out var flag) ? flag : throw Wrong(field, token, "boolean"),
        FilterKind.Time => DateTimeOffset.TryParse(token.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time : throw Wrong(field, token, "time"),
        FilterKind.Choice => UnicodeText.Normalize(token.Text).ToLowerInvariant(),
        // Parameters that the catalog does not know: the text says what it is.
        FilterKind.Any when token.Kind == FilterTokenKind.Word => Number(token.Text) is { } number ? number : bool.TryParse(token.Text, out var flag) ? flag : UnicodeText.Normalize(token.Text),
        _ => UnicodeText.Normalize(token.Text),
    };

    // 90% is 0.9.
    private static double? Number(string text)
    {
        var isPercent = text.EndsWith('%');
        return double.TryParse(isPercent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? isPercent ? number / 100 : number : null;
    }

    private bool Accept(string keyword)
    {
        var accepted = Current.Kind == FilterTokenKind.Word && Current.Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
        place += accepted ? 1 : 0;
        return accepted;
    }

    private static FilterException Wrong(FilterField field, FilterToken token, string kind) => Error(FilterErrorCode.WrongValue, token, ("field", field.Name), ("kind", kind));

    private static FilterException Error(FilterErrorCode code, FilterToken at, params (string Name, object? Value)[] arguments) =>
        new(code, at.Start, at.Length, [("found", at.Text), .. arguments]);
}

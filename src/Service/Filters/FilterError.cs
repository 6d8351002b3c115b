using Trainyard.Specs.Json;

namespace Trainyard.Service.Filters;

/// <summary>What is wrong with a filter expression.</summary>
public enum FilterErrorCode
{
    /// <summary>A character has no meaning. Argument: <c>found</c>.</summary>
    UnexpectedCharacter,

    /// <summary>A quotation has no end.</summary>
    OpenQuotation,

    /// <summary>A field is expected. Argument: <c>found</c>; empty at the end.</summary>
    FieldExpected,

    /// <summary>There is no such field. Arguments: <c>found</c>, <c>meant</c> (a similar field, or null).</summary>
    UnknownField,

    /// <summary>An operator is expected after a field. Arguments: <c>field</c>, <c>found</c>.</summary>
    OperatorExpected,

    /// <summary>The field does not have this operator. Arguments: <c>field</c>, <c>found</c>, <c>allowed</c>.</summary>
    WrongOperator,

    /// <summary>A value is expected after an operator. Argument: <c>found</c>.</summary>
    ValueExpected,

    /// <summary>The value has another type than the field. Arguments: <c>field</c>, <c>found</c>, <c>kind</c>: <c>number</c>, <c>boolean</c> or <c>time</c>.</summary>
    WrongValue,

    /// <summary>A parenthesis has no end.</summary>
    OpenParenthesis,

    /// <summary>After a comparison, <c>and</c>, <c>or</c> or the end is expected. Argument: <c>found</c>.</summary>
    EndExpected,

    /// <summary>Too many comparisons. Argument: <c>maximum</c>.</summary>
    TooLong,

    /// <summary>Parentheses and <c>not</c> are nested too deeply. Argument: <c>maximum</c>.</summary>
    TooDeep,
}

// An expression that cannot be read. Start and Length: the part of the text that is wrong.
internal sealed class FilterException(FilterErrorCode code, int start, int length, params (string Name, object? Value)[] arguments)
    : Exception(FilterErrorText.From(code, arguments))
{
    public FilterErrorCode Code => code;

    public int Start => start;

    public int Length => length;

    public IReadOnlyDictionary<string, System.Text.Json.JsonElement> Arguments { get; } = MessageArguments.From(arguments);
}

/// <summary>The English messages.</summary>
internal static class FilterErrorText
{
    public static string From(FilterErrorCode code, IReadOnlyList<(string Name, object? Value)> arguments)
    {
        string Show(string name) => $"{arguments.FirstOrDefault(argument => argument.Name == name).Value}";
        var found = Show("found") is { Length: > 0 } text ? $"'{text}'" : "the end";
        return code switch
        {
            FilterErrorCode.UnexpectedCharacter => $"{found} has no meaning here; put a value with special characters in quotes.",
            FilterErrorCode.OpenQuotation => "The quotation has no end.",
            FilterErrorCode.FieldExpected => $"A field is expected, as in 'accuracy > 0.9'; found {found}.",
            FilterErrorCode.UnknownField => $"There is no field {found}" + (Show("meant") is { Length: > 0 } meant ? $"; did you mean '{meant}'?" : "."),
            FilterErrorCode.OperatorExpected => $"An operator is expected after '{Show("field")}', as in =, != or >; found {found}.",
            FilterErrorCode.WrongOperator => $"{found} does not apply to '{Show("field")}'; use {Show("allowed")}.",
            FilterErrorCode.ValueExpected => $"A value is expected; found {found}.",
            FilterErrorCode.WrongValue => $"'{Show("field")}' is compared with a {Show("kind")}; found {found}.",
            FilterErrorCode.OpenParenthesis => "The parenthesis has no end.",
            FilterErrorCode.EndExpected => $"'and', 'or' or the end is expected; found {found}.",
            FilterErrorCode.TooLong => $"The expression has more than {Show("maximum")} comparisons.",
            FilterErrorCode.TooDeep => $"The expression is nested more than {Show("maximum")} levels deep.",
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
        };
    }
}

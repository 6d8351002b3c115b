using Trainyard.Specs.Expressions;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Findings;

/// <summary>The English texts of what is wrong with an expression.</summary>
internal static class ExpressionProblemText
{
    public static string From(MessageArgumentReader about)
    {
        var found = about["found"] is { Length: > 0 } text ? $"'{text}'" : "the end";
        var place = $"at position {about.Number("position") + 1}";
        return about.Read<ExpressionProblem>("problem") switch
        {
            ExpressionProblem.UnexpectedCharacter => $"{found} {place} has no meaning.",
            ExpressionProblem.OperandExpected => $"A number, a variable or a parenthesis is expected {place}; found {found}.",
            ExpressionProblem.OperatorExpected => $"An operator or the end is expected {place}; found {found}.",
            ExpressionProblem.OpenParenthesis => $"The parenthesis {place} is not closed.",
            ExpressionProblem.UnknownFunction => $"There is no function {found} ({place})"
                + (about.IsNull("suggested") ? $"; there are {string.Join(", ", about.Items("names"))}." : $"; did you mean {about["suggested"]}?"),
            ExpressionProblem.MissingArguments => $"The function {found} {place} needs its arguments in parentheses.",
            ExpressionProblem.WrongArguments => $"The function {found} {place} has {about["number"]} argument{(about["number"] == "1" ? "" : "s")}.",
            ExpressionProblem.TooLong => $"The expression has more than {about["number"]} operations and numbers.",
            ExpressionProblem.TooDeep => $"The expression is nested more than {about["number"]} levels deep.",
            var problem => throw new ArgumentOutOfRangeException(nameof(about), problem, "The problem has no text."),
        };
    }
}

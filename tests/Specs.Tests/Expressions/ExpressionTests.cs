using Trainyard.Specs.Expressions;
using Xunit;

namespace Trainyard.Specs.Tests.Expressions;

public sealed class ExpressionTests
{
    private static readonly Dictionary<string, double> Values = new(StringComparer.Ordinal) { ["x"] = 3, ["y"] = -2, ["w_1"] = 0.5 };

    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("10 - 2 - 3", 5)]
    [InlineData("16 / 4 / 2", 2)]
    [InlineData("2 ^ 3 ^ 2", 512)]
    [InlineData("2 ** 3", 8)]
    [InlineData("-x^2", -9)]
    [InlineData("(-x)^2", 9)]
    [InlineData("2^-1", 0.5)]
    [InlineData("--x", 3)]
    [InlineData("+x", 3)]
    [InlineData("1.5e2 + .5", 150.5)]
    [InlineData("max(x, y) - min(x, y)", 5)]
    [InlineData("relu(y) + relu(x)", 3)]
    [InlineData("exp(log(x))", 3)]
    [InlineData("sigmoid(0) + tanh(0) + sqrt(4) + sin(0) + cos(0)", 3.5)]
    [InlineData("w_1 * x", 1.5)]
    public void Parse_Expression_HasTheValue(string text, double expected) =>
        Assert.Equal(expected, Backpropagation.Of(Expression.Parse(text), Values).Values[^1], 1e-12);

    [Theory]
    [InlineData("a+(b+c)", "a + (b + c)")]
    [InlineData("(a+b)+c", "a + b + c")]
    [InlineData("a-(b-c)", "a - (b - c)")]
    [InlineData("a*(b+c)/d", "a * (b + c) / d")]
    [InlineData("-(a*b)", "-(a * b)")]
    [InlineData("(a+b)^2", "(a + b)^2")]
    [InlineData("(a^b)^c", "(a^b)^c")]
    [InlineData("a^b^c", "a^b^c")]
    [InlineData("a^-2", "a^(-2)")]
    [InlineData("max( a,b+c )", "max(a, b + c)")]
    public void Text_OfANode_HasTheParenthesesThatItNeeds(string text, string expected)
    {
        var expression = Expression.Parse(text);
        Assert.Equal(expected, expression.Nodes[^1].Text);
        Assert.Equal(expected, Expression.Parse(expected).Nodes[^1].Text);
    }

    [Theory]
    [InlineData("", ExpressionProblem.OperandExpected, 0, "")]
    [InlineData("1 +", ExpressionProblem.OperandExpected, 3, "")]
    [InlineData("1 + * 2", ExpressionProblem.OperandExpected, 4, "*")]
    [InlineData("2x", ExpressionProblem.OperatorExpected, 1, "x")]
    [InlineData("x y", ExpressionProblem.OperatorExpected, 2, "y")]
    [InlineData("x)", ExpressionProblem.OperatorExpected, 1, ")")]
    [InlineData("(x + 1", ExpressionProblem.OpenParenthesis, 0, "(")]
    [InlineData("max(x, (y)", ExpressionProblem.OpenParenthesis, 3, "(")]
    [InlineData("sinus(x)", ExpressionProblem.UnknownFunction, 0, "sinus")]
    [InlineData("1 + exp", ExpressionProblem.MissingArguments, 4, "exp")]
    [InlineData("max(x)", ExpressionProblem.WrongArguments, 0, "max")]
    [InlineData("exp()", ExpressionProblem.WrongArguments, 0, "exp")]
    [InlineData("exp(x, y)", ExpressionProblem.WrongArguments, 0, "exp")]
    [InlineData("x ? y", ExpressionProblem.UnexpectedCharacter, 2, "?")]
    [InlineData("$", ExpressionProblem.UnexpectedCharacter, 0, "$")]
    [InlineData("1..2", ExpressionProblem.OperatorExpected, 2, ".2")]
    [InlineData("1e999", ExpressionProblem.OperandExpected, 0, "1e999")]
    [InlineData("x = 1", ExpressionProblem.UnexpectedCharacter, 2, "=")]
    public void Parse_Wrong_TellsWhereAndWhat(string text, ExpressionProblem problem, int position, string found)
    {
        var exception = Assert.Throws<ExpressionException>(() => Expression.Parse(text));
        Assert.Equal((problem, position, found), (exception.Problem, exception.Position, exception.Found));
    }

    [Fact]
    public void Parse_BeyondTheLimits_IsRefused()
    {
        Assert.Equal(ExpressionProblem.TooLong, Assert.Throws<ExpressionException>(() => Expression.Parse(string.Join('+', Enumerable.Repeat("1", 60)))).Problem);
        Assert.Equal(ExpressionProblem.TooDeep, Assert.Throws<ExpressionException>(() => Expression.Parse(new string('(', 100_000))).Problem);
        Assert.Equal(ExpressionProblem.TooDeep, Assert.Throws<ExpressionException>(() => Expression.Parse(new string('-', 100_000))).Problem);
        Assert.Equal(ExpressionProblem.TooDeep, Assert.Throws<ExpressionException>(() => Expression.Parse(string.Concat(Enumerable.Repeat("x^", 10_000)))).Problem);
    }

    [Fact]
    public void Backpropagation_OfALine_GoesFromTheResultToTheVariables()
    {
        var expression = Expression.Parse("w * x + b");
        var result = Backpropagation.Of(expression, new Dictionary<string, double>(StringComparer.Ordinal) { ["w"] = -2, ["x"] = 5, ["b"] = 3 });
        Assert.Equal(["w", "x", "w * x", "b", "w * x + b"], expression.Nodes.Select(node => node.Text));
        Assert.Equal([-2, 5, -10, 3, -7], result.Values);
        Assert.Equal([5, -2, 1, 1, 1], result.Gradients);
        Assert.Equal(
            [new BackwardStep(4, 0, 2, 1, 1, 1, 1), new(4, 1, 3, 1, 1, 1, 1), new(2, 0, 0, 1, 5, 5, 5), new(2, 1, 1, 1, -2, -2, -2)], result.Steps);
    }

    [Fact]
    public void Backpropagation_BranchesThatMeet_AddUp()
    {
        var result = Backpropagation.Of(Expression.Parse("x * x + x"), Values);
        Assert.Equal(7, result.Gradients[0]);
        Assert.Equal([1, 4, 7], result.Steps.Where(step => step.Input == 0).Select(step => step.Total));
    }

    [Theory]
    [InlineData("2 * log(y)", "log(y)")]
    [InlineData("1 + x / (x - 3)", "x / (x - 3)")]
    [InlineData("2 * sqrt(x - 3)", "sqrt(x - 3)")] // the value is 0, its slope is not finite
    [InlineData("y^x", "y^x")] // as its slope in x
    [InlineData("x^0.5", null)]
    [InlineData("y^3", null)]
    [InlineData("3", null)]
    public void NotFinite_OfValuesOrGradients_IsTheNodeWhereItBegins(string text, string? expected)
    {
        var expression = Expression.Parse(text);
        Assert.Equal(expected, Backpropagation.Of(expression, Values).NotFinite is { } node ? expression.Nodes[node].Text : null);
    }
}

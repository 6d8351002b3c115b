using Trainyard.Service.Filters;

namespace Trainyard.Service.Tests.Filters;

public sealed class FilterExpressionTests
{
    [Theory]
    [InlineData("accuracy > 0.9 and optimizer = adam", "(accuracy Greater 0.9 & optimizer Equal adam)")]
    [InlineData("a", null)]
    [InlineData("loss<1 or loss>=2 AND NOT(lr=1e-3)", "(loss Less 1 | (loss GreaterOrEqual 2 & !learningRate Equal 0.001))")]
    [InlineData("(loss < 1 or loss > 2) and seed != 3", "((loss Less 1 | loss Greater 2) & seed NotEqual 3)")]
    [InlineData("optimizer in (sgd, Adam)", "(optimizer Equal sgd | optimizer Equal adam)")]
    [InlineData("accuracy >= 90%", "accuracy GreaterOrEqual 0.9")]
    [InlineData("name ~ 'it''s \"x\"' and tag = \"a b\"", "(name Contains it's \"x\" & tag Equal a b)")]
    [InlineData("experiment = 실험-1", "experiment Equal 실험-1")]
    [InlineData("Learning_Rate > .5", "learningRate Greater 0.5")]
    [InlineData("training.optimizer.learningRate = null", "learningRate Equal null")]
    [InlineData("param.training.optimizer.beta1 > 0.8 and param.data.dataset.name = x", "(param.training.optimizer.beta1 Greater 0.8 & param.data.dataset.name Equal x)")]
    [InlineData("metric.train_loss.latest < 3", "metric.train_loss.latest Less 3")]
    [InlineData("name = and", "name Equal and")]
    public void Parse_Expression_HasThePrecedenceOfAndOverOr(string text, string? expected)
    {
        if (expected is null)
        {
            Assert.Throws<FilterException>(() => FilterExpression.Parse(text));
            return;
        }

        Assert.Equal(expected, Show(FilterExpression.Parse(text)));
    }

    [Theory]
    [InlineData("", FilterErrorCode.FieldExpected, 0, 0)]
    [InlineData("acuracy > 1", FilterErrorCode.UnknownField, 0, 7)]
    [InlineData("accuracy", FilterErrorCode.OperatorExpected, 8, 0)]
    [InlineData("accuracy 0.9", FilterErrorCode.OperatorExpected, 9, 3)]
    [InlineData("accuracy > ", FilterErrorCode.ValueExpected, 11, 0)]
    [InlineData("accuracy > high", FilterErrorCode.WrongValue, 11, 4)]
    [InlineData("accuracy > NaN", FilterErrorCode.WrongValue, 11, 3)]
    [InlineData("accuracy ~ 1", FilterErrorCode.WrongOperator, 9, 1)]
    [InlineData("accuracy !~ 1", FilterErrorCode.OperatorExpected, 9, 2)]
    [InlineData("optimizer > adam", FilterErrorCode.WrongOperator, 10, 1)]
    [InlineData("tag ~ a", FilterErrorCode.WrongOperator, 4, 1)]
    [InlineData("created > yesterday", FilterErrorCode.WrongValue, 10, 9)]
    [InlineData("(loss < 1", FilterErrorCode.OpenParenthesis, 0, 1)]
    [InlineData("loss < 1)", FilterErrorCode.EndExpected, 8, 1)]
    [InlineData("loss < 1 loss > 2", FilterErrorCode.EndExpected, 9, 4)]
    [InlineData("name = 'x", FilterErrorCode.OpenQuotation, 7, 2)]
    [InlineData("loss < 1; drop table runs", FilterErrorCode.UnexpectedCharacter, 8, 1)]
    [InlineData("seed in 1", FilterErrorCode.ValueExpected, 8, 1)]
    [InlineData("seed in (1, 2", FilterErrorCode.OpenParenthesis, 8, 1)]
    public void Parse_Mistake_IsNamedWhereItIs(string text, object code, int start, int length)
    {
        var error = Assert.Throws<FilterException>(() => FilterExpression.Parse(text));

        Assert.Equal(((FilterErrorCode)code, start, length), (error.Code, error.Start, error.Length));
    }

    [Fact]
    public void Parse_MisspelledField_ProposesTheRightOne() =>
        Assert.Contains("did you mean 'accuracy'", Assert.Throws<FilterException>(() => FilterExpression.Parse("acuracy > 1")).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_TooMuch_IsRefused()
    {
        Assert.Equal(FilterErrorCode.TooLong, Assert.Throws<FilterException>(() => FilterExpression.Parse(string.Join(" or ", Enumerable.Repeat("seed = 1", 51)))).Code);
        Assert.Equal(FilterErrorCode.TooDeep, Assert.Throws<FilterException>(() => FilterExpression.Parse(new string('(', 21))).Code);
        Assert.Equal(FilterErrorCode.TooDeep, Assert.Throws<FilterException>(() => FilterExpression.Parse(string.Concat(Enumerable.Repeat("not ", 21)))).Code);
    }

    [Fact]
    public void Fields_OfTheCatalog_HaveShortNamesThatAreFound()
    {
        Assert.All(FilterFields.All, field => Assert.Same(field, FilterFields.Find(field.Name)));
        Assert.Subset(
            FilterFields.All.Select(field => field.Name).ToHashSet(StringComparer.Ordinal),
            new HashSet<string>(["accuracy", "loss", "optimizer", "learningRate", "batchSize", "dataset", "activation", "initialization", "schedule", "weightDecay", "data.seed", "epochs"], StringComparer.Ordinal));
        Assert.Contains("adam", FilterFields.Find("optimizer")!.Choices!);
    }

    private static string Show(FilterExpression expression) => expression switch
    {
        FilterAnd and => $"({string.Join(" & ", and.Parts.Select(Show))})",
        FilterOr or => $"({string.Join(" | ", or.Parts.Select(Show))})",
        FilterNot not => $"!{Show(not.Inner)}",
        FilterComparison comparison => FormattableString.Invariant($"{comparison.Field.Name} {comparison.Operator} {comparison.Value ?? "null"}"),
        _ => throw new ArgumentOutOfRangeException(nameof(expression)),
    };
}

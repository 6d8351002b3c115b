using Trainyard.Service.Results;
using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Tests.Results;

public sealed class CsvTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("학습", "학습")]
    [InlineData("a-b", "a-b")]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    public void Text_AnyBeginning_IsNeverAFormula(string text, string cell)
    {
        Assert.Equal(cell, CellOf(text));
        Assert.Equal(cell, CellOf((ParameterValue)text));
    }

    [Fact]
    public void Values_OfOtherTypes_AreNumbersAndLists()
    {
        Assert.Equal("-0.5", CellOf(-0.5));
        Assert.Equal("1E-20", CellOf(1e-20));
        Assert.Equal("-3", CellOf(-3L));
        Assert.Equal("-0.001", CellOf((ParameterValue)(-0.001)));
        Assert.Equal("true", CellOf((ParameterValue)true));
        Assert.Equal("\"[0.9, 0.999]\"", CellOf((ParameterValue)(double[])[0.9, 0.999]));
        Assert.Equal("", CellOf(null));
    }

    private static string CellOf(object? value)
    {
        var csv = new Csv();
        csv.Add([value]);
        var text = csv.ToString();
        Assert.StartsWith("\uFEFF", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        return text[1..^2];
    }
}

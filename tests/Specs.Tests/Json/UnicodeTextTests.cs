using System.Text.Json;
using Trainyard.Specs.Json;
using Xunit;

namespace Trainyard.Specs.Tests.Json;

public sealed class UnicodeTextTests
{
    [Fact]
    public void Normalize_CharactersAndMarks_EqualsTheReference()
    {
        var cases = JsonSerializer.Deserialize<string[][]>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Json", "normalization.json")))!;

        Assert.True(cases.Length > 500);
        Assert.All(cases, pair => Assert.Equal(Escaped(pair[1]), Escaped(UnicodeText.Normalize(pair[0]))));
    }

    [Fact]
    public void Normalize_EveryHangulSyllable_IsComposed()
    {
        for (var code = 0xAC00; code <= 0xD7A3; code++)
        {
            var (lead, vowel, tail) = ((code - 0xAC00) / 588, (code - 0xAC00) / 28 % 21, (code - 0xAC00) % 28);
            var jamo = $"{(char)(0x1100 + lead)}{(char)(0x1161 + vowel)}{(tail == 0 ? "" : (char)(0x11A7 + tail))}";
            Assert.Equal($"{(char)code}", UnicodeText.Normalize(jamo));
        }
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("한국어", 3)]
    [InlineData("🔥🔥", 2)]
    public void Length_OfText_CountsCodePoints(string text, int expected) => Assert.Equal(expected, UnicodeText.Length(text));

    private static string Escaped(string text) => JsonSerializer.Serialize(text);
}

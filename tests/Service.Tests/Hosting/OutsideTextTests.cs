using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Tests.Hosting;

public sealed class OutsideTextTests
{
    [Theory]
    [InlineData("plain, \t한국어 🚂\n", "plain, \t한국어 🚂\n")]
    [InlineData("\e[31mred\e]0;title\a", "\u241B[31mred\u241B]0;title\u2407")]
    [InlineData("50 %\r100 %\r\n", "50 %\n100 %\n\n")]
    [InlineData("\0\u007F\u009B2J", "\u2400\u2421\uFFFD2J")]
    [InlineData("a\u202Eb\u2066c", "a\uFFFDb\uFFFDc")]
    public void Neutralize_Text_KeepsWhatIsShownOnly(string text, string expected) => Assert.Equal(expected, OutsideText.Neutralize(text));

    [Fact]
    public void Terminal_EntryWithTextFromOutside_IsOneLineThatIsOnlyShown()
    {
        using var output = new StringWriter();
        var exception = new InvalidOperationException("bad\e[2J");
        var entry = new LogEntry<string>(LogLevel.Error, "Hangfire.Dashboard", new EventId(7), "GET /hangfire/\e[31m\r\nforged", exception, (state, _) => state);

        new TerminalFormatter(TimeProvider.System).Write(entry, null, output);

        var line = output.ToString();
        Assert.EndsWith(Environment.NewLine, line, StringComparison.Ordinal);
        Assert.Equal(1, line.Count(character => character == '\n'));
        Assert.Matches("^[0-9:]{8} \e\\[31mfail\e\\[39m: Hangfire.Dashboard\\[7\\] GET /hangfire/\u241B\\[31m  forged .*bad\u241B\\[2J", line);
    }
}

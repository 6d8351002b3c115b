using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Trainyard.Service.Hosting;

// A log on a terminal: one line per entry, with a time, a colored level and the category. Whatever text is in an entry, the terminal only shows it.
internal sealed class TerminalFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "terminal";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var text = $"{logEntry.Category}[{logEntry.EventId.Id}] {message} {logEntry.Exception}".TrimEnd();
        var (color, level) = logEntry.LogLevel switch
        {
            LogLevel.Trace => (37, "trce"),
            LogLevel.Debug => (37, "dbug"),
            LogLevel.Information => (32, "info"),
            LogLevel.Warning => (33, "warn"),
            LogLevel.Error => (31, "fail"),
            _ => (31, "crit"),
        };
        var line = OutsideText.Neutralize(text).Replace('\n', ' ');
        textWriter.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.GetLocalNow():HH:mm:ss} \e[{color}m{level}\e[39m: {line}"));
    }
}

using System.Globalization;

namespace Trainyard.Service.Workers;

// Counts what Linux's out-of-memory killer did: in this process's control group where that is readable, else on the whole machine. A process killed by it
// cannot report why; a counter that increased meanwhile is the only evidence.
internal static class OomKills
{
    /// <summary>Kills so far; null when the system has no counter.</summary>
    public static long? Count() => FromCgroup() ?? Field("/proc/vmstat", "oom_kill");

    private static long? FromCgroup()
    {
        try
        {
            // cgroup v2 has one line, as in "0::/system.slice/trainyard.service".
            var line = File.ReadLines("/proc/self/cgroup").FirstOrDefault(text => text.StartsWith("0::", StringComparison.Ordinal));
            return line is null ? null : Field("/sys/fs/cgroup" + line[3..].TrimEnd('/') + "/memory.events", "oom_kill");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long? Field(string path, string name)
    {
        try
        {
            return File.ReadLines(path)
                .Select(line => line.Split(' '))
                .Where(parts => parts is [var key, _] && key == name)
                .Select(parts => (long?)long.Parse(parts[1], CultureInfo.InvariantCulture))
                .FirstOrDefault();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

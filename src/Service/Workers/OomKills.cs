using System.Globalization;

namespace Trainyard.Service.Workers;

// What Linux's out-of-memory killer does. Which process it takes is decided by a score of each. What it did is counted: in this process's control group where that is readable, else on the whole machine. A process killed by it
// cannot report why; a counter that increased meanwhile is the only evidence.
internal static class OomKills
{
    // Makes it take a process sooner than others. The process may have ended, and other systems have no such score.
    public static void Prefer(int processId, int adjustment)
    {
        if (adjustment > 0 && OperatingSystem.IsLinux())
        {
            try
            {
                File.WriteAllText($"/proc/{processId}/oom_score_adj", adjustment.ToString(CultureInfo.InvariantCulture));
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                // It trains all the same.
            }
        }
    }

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

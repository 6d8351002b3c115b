namespace Trainyard.Service.Tests.Workers;

/// <summary>The trainers that run on this machine.</summary>
internal static class TrainerProcesses
{
    /// <summary>Those of a run: they work in its folder. A zombie works nowhere.</summary>
    public static List<int> Of(Guid run) => Find(id => new FileInfo($"/proc/{id}/cwd").LinkTarget?.Contains(run.ToString(), StringComparison.Ordinal) == true);

    /// <summary>Those of an executable that take one run after the other, whether they wait or have a run.</summary>
    public static List<int> Of(string executable) =>
        Find(id => File.ReadAllText($"/proc/{id}/cmdline").StartsWith($"{executable}\0wait\0", StringComparison.Ordinal));

    private static List<int> Find(Func<int, bool> isWanted) => [.. Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
        .Where(id => id > 0 && Is(isWanted, id))];

    // Processes may end, or belong to others.
    private static bool Is(Func<int, bool> isWanted, int id)
    {
        try
        {
            return isWanted(id);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

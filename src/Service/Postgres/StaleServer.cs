using System.Globalization;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Postgres;

/// <summary>
/// Clears away what a killed service left: a server that still runs, or its lock file. Safe because the caller holds the folder's own
/// lock: no other service uses the cluster.
/// </summary>
internal static class StaleServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Ends every server process of a cluster, then removes a lock file that belongs to nobody.</summary>
    /// <exception cref="StartupException">A process does not end.</exception>
    public static async Task ClearAsync(string cluster, TimeProvider clock, CancellationToken cancellationToken)
    {
        var lockFile = Path.Combine(cluster, "postmaster.pid");
        if (!OperatingSystem.IsLinux() || !File.Exists(lockFile))
        {
            return;
        }

        foreach (var signal in (int[])[Posix.Interrupt, Posix.Quit])
        {
            if (!await EndAsync(cluster, MainProcess(lockFile), signal, clock, cancellationToken))
            {
                continue;
            }

            // A container or a restarted machine gives the old number to another program, and PostgreSQL would wait for that one.
            if (File.Exists(lockFile) && MainProcess(lockFile) is { } id && Directory.Exists($"/proc/{id}"))
            {
                File.Delete(lockFile);
            }

            return;
        }

        throw new StartupException(
            $"A PostgreSQL of an earlier start still uses {cluster} (process {string.Join(", ", Processes(cluster))}) and does not end: kill it.");
    }

    private static async Task<bool> EndAsync(string cluster, int? main, int signal, TimeProvider clock, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var processes = Processes(cluster);
        foreach (var id in main is { } number && processes.Contains(number) ? [number] : processes)
        {
            Posix.Send(id, signal);
        }

        while (processes.Count > 0)
        {
            if (clock.GetElapsedTime(began) > Patience)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
            processes = Processes(cluster);
        }

        return true;
    }

    // The first line of the lock file.
    private static int? MainProcess(string lockFile)
    {
        try
        {
            return int.TryParse(File.ReadLines(lockFile).FirstOrDefault(), CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    // Every process of a server works in its cluster's folder.
    private static List<int> Processes(string cluster) => [.. Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && WorksIn(id, cluster))];

    private static bool WorksIn(int id, string folder)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{id}/cwd", returnFinalTarget: false)?.FullName == folder
                && File.ReadAllText($"/proc/{id}/comm").StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or somebody else's.
            return false;
        }
    }
}

using System.Globalization;

namespace Trainyard.Service.Hosting;

/// <summary>The memory of this machine, or of the container if that is less.</summary>
internal static class MachineMemory
{
    private static readonly Lazy<long> Total = new(Read);

    public static long Bytes => Total.Value;

    // The limit that the garbage collector sees may be lower: it can be set for the service alone.
    private static long Read()
    {
        const string Machine = "/proc/meminfo";
        const string Container = "/sys/fs/cgroup/memory.max";
        if (!File.Exists(Machine))
        {
            return GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        }

        // MemTotal:       24612345 kB
        var total = File.ReadLines(Machine).First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var bytes = long.Parse(total, CultureInfo.InvariantCulture) * 1024;
        return File.Exists(Container) && long.TryParse(File.ReadAllText(Container), CultureInfo.InvariantCulture, out var limit) ? Math.Min(bytes, limit) : bytes;
    }
}

using System.Globalization;

namespace Trainyard.Service.Hosting;

/// <summary>The memory of this machine, or of the container if that is less.</summary>
internal static class MachineMemory
{
    private const string Machine = "/proc/meminfo";
    private const string Container = "/sys/fs/cgroup/memory.max";
    private const string Used = "/sys/fs/cgroup/memory.current";
    private const string Statistics = "/sys/fs/cgroup/memory.stat";

    private static readonly Lazy<long> Total = new(Read);

    public static long Bytes => Total.Value;

    /// <summary>Bytes that are free now, caches included.</summary>
    public static long Available
    {
        get
        {
            if (!File.Exists(Machine))
            {
                return Bytes - GC.GetGCMemoryInfo().MemoryLoadBytes;
            }

            // MemAvailable:   12345678 kB
            var free = Field(Machine, "MemAvailable:") is { } kilobytes ? kilobytes * 1024 : Bytes;
            return Limit(Container) is { } limit && Limit(Used) is { } used ? Math.Min(free, limit - used + (Field(Statistics, "inactive_file") ?? 0)) : free;
        }
    }

    // The limit that the garbage collector sees may be lower: it can be set for the service alone.
    private static long Read()
    {
        if (!File.Exists(Machine))
        {
            return GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        }

        // MemTotal:       24612345 kB
        var total = File.ReadLines(Machine).First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var bytes = long.Parse(total, CultureInfo.InvariantCulture) * 1024;
        return Limit(Container) is { } limit ? Math.Min(bytes, limit) : bytes;
    }

    // The number of a line "name number ..."; null: there is none.
    private static long? Field(string path, string name) => File.Exists(path)
        ? File.ReadLines(path).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words is [var first, _, ..] && first == name)
            .Select(words => (long?)long.Parse(words[1], CultureInfo.InvariantCulture)).FirstOrDefault()
        : null;

    // Null: there is none.
    private static long? Limit(string path) => File.Exists(path) && long.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
}

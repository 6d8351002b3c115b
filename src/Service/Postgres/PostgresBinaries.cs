using Trainyard.Service.Hosting;

namespace Trainyard.Service.Postgres;

/// <summary>The PostgreSQL programs of this machine.</summary>
internal sealed record PostgresBinaries
{
    private const string DebianRoot = "/usr/lib/postgresql";

    /// <summary>Folder of the programs.</summary>
    public required string Folder { get; init; }

    /// <summary>Path of <c>postgres</c>.</summary>
    public string Server => Path.Combine(Folder, "postgres");

    /// <summary>Path of <c>initdb</c>.</summary>
    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>Finds programs in <c>PG_BIN</c>, else on the PATH, else in <c>/usr/lib/postgresql/*/bin</c> (newest first).</summary>
    /// <remarks><c>major</c> is the version of an existing cluster; null: any.</remarks>
    /// <exception cref="StartupException">There are none, or none of that version.</exception>
    public static async Task<PostgresBinaries> FindAsync(string? major, CancellationToken cancellationToken)
    {
        List<string> seen = [];
        foreach (var folder in Candidates())
        {
            var found = new PostgresBinaries { Folder = folder };
            if (!File.Exists(found.Server) || !File.Exists(found.InitDb))
            {
                continue;
            }

            var version = await found.MajorAsync(cancellationToken);
            if (major is null || version == major)
            {
                return found;
            }

            seen.Add($"{folder} (version {version})");
        }

        throw new StartupException(seen.Count == 0
            ? "No PostgreSQL programs on this machine: run 'apt-get install postgresql' (or point PG_BIN at their folder, or set ConnectionStrings__Postgres to a server)."
            : $"The data folder was made by PostgreSQL {major}, found are only {string.Join(", ", seen)}: run 'apt-get install postgresql-{major}', or upgrade the data with pg_upgrade.");
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("PG_BIN") is { Length: > 0 } named)
        {
            return [named];
        }

        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var debian = Directory.Exists(DebianRoot)
            ? Directory.GetDirectories(DebianRoot).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var number) ? number : 0)
            : Enumerable.Empty<string>();
        return path.Concat(debian.Select(folder => Path.Combine(folder, "bin")));
    }

    // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)" is version 15.
    private async Task<string> MajorAsync(CancellationToken cancellationToken)
    {
        var (_, output) = await ShortProcess.RunAsync(Server, ["--version"], cancellationToken);
        return output.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('.')[0])
            .FirstOrDefault(word => int.TryParse(word.Trim(), out _))?.Trim() ?? "unknown";
    }
}

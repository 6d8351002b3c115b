using Trainyard.Service.Hosting;

namespace Trainyard.Service.Postgres;

internal sealed record PostgresPrograms(string Folder)
{
    private const string DebianRoot = "/usr/lib/postgresql";

    public string InitDb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    // Finds the programs in PG_BIN, else on the PATH, else in /usr/lib/postgresql/*/bin, newest first.
    // major: Major version of an existing cluster; null: any. Throws StartupException: there are none, or none of that version.
    public static async Task<PostgresPrograms> FindAsync(string? major, CancellationToken cancellationToken)
    {
        List<string> others = [];
        foreach (var programs in Candidates().Select(folder => new PostgresPrograms(folder)))
        {
            if (!File.Exists(programs.InitDb) || !File.Exists(programs.PgCtl))
            {
                continue;
            }

            // "pg_ctl (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
            var (_, output) = await PostgresAccount.RunProgramAsync([programs.PgCtl, "--version"], cancellationToken);
            var found = output.Split(' ').ElementAtOrDefault(2)?.Split('.')[0].Trim();
            if (major is null || found == major)
            {
                return programs;
            }

            others.Add($"{programs.Folder} (version {found})");
        }

        throw new StartupException(others.Count == 0
            ? "PostgreSQL is not installed: run 'apt-get install postgresql' (or set PG_BIN to the folder of its programs, or ConnectionStrings__Postgres to a server)."
            : $"The data folder needs PostgreSQL {major}, but only {string.Join(", ", others)} was found: run 'apt-get install postgresql-{major}', or upgrade the data with pg_upgrade.");
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("PG_BIN") is { Length: > 0 } folder)
        {
            return [folder];
        }

        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var debian = Directory.Exists(DebianRoot) ? Directory.GetDirectories(DebianRoot) : [];
        return path.Concat(debian.OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0)
            .Select(version => Path.Combine(version, "bin")));
    }
}

using Trainyard.Service.Hosting;

namespace Trainyard.Service.Postgres;

/// <summary>Makes a new cluster.</summary>
internal static class ClusterMaker
{
    /// <summary>Makes a cluster under another name first, so that an interrupted start leaves none that looks complete.</summary>
    /// <exception cref="StartupException"><c>initdb</c> failed.</exception>
    public static async Task MakeAsync(
        PostgresBinaries binaries, PostgresAccount account, string cluster, string userName, CancellationToken cancellationToken)
    {
        var unfinished = cluster + ".new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        // Code-point order and UTF-8 whatever the machine's language; older systems have no C.UTF-8.
        var (code, output) = (0, "");
        foreach (var locale in (string[])["C.UTF-8", "C"])
        {
            (code, output) = await account.RunAsync(
                [
                    binaries.InitDb, "--pgdata", unfinished, "--username", userName, "--auth=trust", "--encoding=UTF8", $"--locale={locale}",
                    "--data-checksums", "--no-instructions",
                ],
                cancellationToken);
            if (code == 0)
            {
                Directory.Move(unfinished, cluster);
                return;
            }

            if (!output.Contains("invalid locale", StringComparison.Ordinal))
            {
                break;
            }
        }

        throw new StartupException($"initdb failed with exit code {code} in {unfinished}: {output.Trim().ReplaceLineEndings(" | ")}");
    }
}

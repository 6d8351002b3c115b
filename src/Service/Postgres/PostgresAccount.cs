using System.ComponentModel;
using System.Diagnostics;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Postgres;

// The user that runs the server. PostgreSQL refuses root, so that a service of root runs it as the owner of the cluster, else as postgres, else as nobody.
internal sealed class PostgresAccount
{
    private readonly (string Uid, string Gid)? other;

    // Below a folder that only root may enter (a clone in /root), the other user keeps one capability of root: to pass through folders.
    private bool passesClosedFolders;

    private PostgresAccount(string name, (string Uid, string Gid)? other)
    {
        Name = name;
        this.other = other;
    }

    public string Name { get; }

    /// <summary>Chooses the account for a cluster, which need not exist yet.</summary>
    /// <exception cref="StartupException">Root finds no other user.</exception>
    public static async Task<PostgresAccount> ChooseAsync(string cluster, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new PostgresAccount(Environment.UserName, null);
        }

        string[] candidates = Directory.Exists(cluster)
            ? [(await RunProgramAsync(["stat", "-c", "%u", cluster], cancellationToken)).Output.Trim()]
            : ["postgres", "nobody"];
        foreach (var candidate in candidates)
        {
            var (code, entry) = await RunProgramAsync(["getent", "passwd", candidate], cancellationToken);
            if (code == 0 && entry.Split(':') is [var name, _, var uid, var gid, ..])
            {
                return new PostgresAccount(name, (uid, gid));
            }
        }

        throw new StartupException(
            $"PostgreSQL does not run as root, and there is no user {string.Join(" or ", candidates)}: start the service as an ordinary user.");
    }

    /// <summary>Runs a program as this user and waits for its end.</summary>
    public Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> command, CancellationToken cancellationToken)
    {
        string[] capability = passesClosedFolders ? ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"] : [];
        return RunProgramAsync(
            other is var (uid, gid) ? ["setpriv", $"--reuid={uid}", $"--regid={gid}", "--clear-groups", .. capability, "--", .. command] : [.. command],
            cancellationToken);
    }

    /// <summary>Creates a folder that only this user (and root) can enter.</summary>
    /// <exception cref="StartupException">The user cannot reach it.</exception>
    public async Task CreatePrivateFolderAsync(string folder, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new StartupException("The private PostgreSQL runs on Linux and macOS; set ConnectionStrings__Postgres to a server.");
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (other is not var (uid, gid))
        {
            return;
        }

        var (code, output) = await RunProgramAsync(["chown", $"{uid}:{gid}", folder], cancellationToken);
        if (code != 0)
        {
            throw new StartupException($"The owner of {folder} cannot be changed to '{Name}', which runs PostgreSQL: {output.Trim()}");
        }

        passesClosedFolders = passesClosedFolders || !await CanEnterAsync(folder, cancellationToken);
        if (!await CanEnterAsync(folder, cancellationToken))
        {
            throw new StartupException(
                $"PostgreSQL runs as user '{Name}' because it refuses root, and '{Name}' cannot enter {folder}: set DATA_DIR to a folder that it can reach, "
                + "such as /var/lib/trainyard, or start the service as an ordinary user.");
        }
    }

    // Runs a program as the user of the service and waits for its end, with the root folder as its working directory.
    // Returns exit code, and standard output followed by standard error. Throws StartupException: the program is missing.
    public static async Task<(int ExitCode, string Output)> RunProgramAsync(string[] command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await error);
        }
        catch (Win32Exception exception)
        {
            throw new StartupException($"{command[0]} cannot be started: {exception.Message}.", exception);
        }
    }

    // "test -x" uses access(2), which ignores the capability; looking up the folder's own "." does not.
    private async Task<bool> CanEnterAsync(string folder, CancellationToken cancellationToken) =>
        (await RunAsync(["test", "-d", Path.Combine(folder, ".")], cancellationToken)).ExitCode == 0;
}

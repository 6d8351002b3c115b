using System.Globalization;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Postgres;

/// <summary>
/// The user that the server runs as: PostgreSQL refuses root, so root hands it to an ordinary user. Every command runs in a session of its own
/// (Ctrl-C in a terminal must reach the service only: its workers still need the database), and where the machine can, the server is
/// told to shut down when the thread that started it ends.
/// </summary>
internal sealed class PostgresAccount
{
    private readonly int? uid;
    private readonly int? gid;
    private readonly bool tiesToParent;

    // Below a folder that only root may enter (a clone in /root), the server is given the one right of root that it needs: to pass through folders.
    private bool passesClosedFolders;

    private PostgresAccount(string name, int? uid, int? gid, bool tiesToParent)
    {
        Name = name;
        this.uid = uid;
        this.gid = gid;
        this.tiesToParent = tiesToParent;
    }

    /// <summary>Name of the user, for messages.</summary>
    public string Name { get; }

    /// <summary>Whether the server runs as another user than the service.</summary>
    public bool IsOther => uid is not null;

    /// <summary>Chooses the account: the service's own; for root the owner of an existing cluster, else <c>postgres</c>, else <c>nobody</c>.</summary>
    public static async Task<PostgresAccount> ChooseAsync(string cluster, CancellationToken cancellationToken)
    {
        var ties = await CanTieToParentAsync(cancellationToken);
        if (!Environment.IsPrivilegedProcess)
        {
            return new PostgresAccount(Environment.UserName, null, null, ties);
        }

        if (Directory.Exists(cluster))
        {
            var owner = await FileOwner.OfAsync(cluster, cancellationToken);
            return new PostgresAccount(owner.Name, owner.Uid, owner.Gid, ties);
        }

        foreach (var name in (string[])["postgres", "nobody"])
        {
            if (await IdAsync("-u", name, cancellationToken) is { } user && await IdAsync("-g", name, cancellationToken) is { } group)
            {
                return new PostgresAccount(name, user, group, ties);
            }
        }

        throw new StartupException("PostgreSQL does not run as root, and there is no user postgres or nobody: start the service as an ordinary user.");
    }

    /// <summary>The command line that runs a program as this user.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="endsWithParent">Whether the program gets SIGINT when the thread that started it ends.</param>
    public IReadOnlyList<string> Wrap(IEnumerable<string> command, bool endsWithParent = false)
    {
        List<string> words = [];
        if (endsWithParent && OperatingSystem.IsLinux())
        {
            words.Add("setsid");
        }

        var ties = endsWithParent && tiesToParent;
        if (ties || IsOther)
        {
            words.Add("setpriv");
            if (IsOther)
            {
                words.AddRange([$"--reuid={uid}", $"--regid={gid}", "--clear-groups"]);
                if (passesClosedFolders)
                {
                    words.AddRange(["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]);
                }
            }

            if (ties)
            {
                words.Add("--pdeathsig=INT");
            }

            words.Add("--");
        }

        words.AddRange(command);
        return words;
    }

    /// <summary>Runs a program as this user to its end.</summary>
    public Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> command, CancellationToken cancellationToken)
    {
        var words = Wrap(command);
        return ShortProcess.RunAsync(words[0], words.Skip(1), cancellationToken);
    }

    /// <summary>Makes a folder that only this user can enter (and root).</summary>
    /// <exception cref="StartupException">The user cannot get to it.</exception>
    public async Task MakePrivateFolderAsync(string folder, CancellationToken cancellationToken)
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows())
        {
            throw new StartupException("The private PostgreSQL runs on Linux and macOS; set ConnectionStrings__Postgres to a server.");
        }

        Directory.CreateDirectory(folder, OwnerOnly);
        if (!IsOther)
        {
            return;
        }

        var (code, output) = await ShortProcess.RunAsync(
            "chown", [string.Create(CultureInfo.InvariantCulture, $"{uid}:{gid}"), folder], cancellationToken);
        if (code != 0)
        {
            throw new StartupException($"{folder} cannot be given to user '{Name}', who runs PostgreSQL: {output.Trim()}");
        }

        await RequireReachableAsync(folder, cancellationToken);
    }

    private async Task RequireReachableAsync(string folder, CancellationToken cancellationToken)
    {
        if (await CanEnterAsync(folder, cancellationToken))
        {
            return;
        }

        passesClosedFolders = true;
        if (await CanEnterAsync(folder, cancellationToken))
        {
            return;
        }

        passesClosedFolders = false;
        var closed = folder;
        for (var parent = Path.GetDirectoryName(folder); parent is not null && !await CanEnterAsync(parent, cancellationToken); parent = Path.GetDirectoryName(parent))
        {
            closed = parent;
        }

        throw new StartupException(
            $"PostgreSQL runs as user '{Name}' because it refuses root, and '{Name}' cannot enter {closed}: set DATA_DIR to a folder that it can reach, "
            + $"such as /var/lib/trainyard, or open the way (chmod o+x {closed}), or start the service as an ordinary user.");
    }

    // "test -x" asks access(2), which ignores the rights that setpriv grants; looking up the folder's own "." walks there.
    private async Task<bool> CanEnterAsync(string folder, CancellationToken cancellationToken) =>
        (await RunAsync(["test", "-d", Path.Combine(folder, ".")], cancellationToken)).ExitCode == 0;

    // A convenience: without it, the next start clears away a server that a killed service left.
    private static async Task<bool> CanTieToParentAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await ShortProcess.RunAsync("setpriv", ["--help"], cancellationToken)).Output.Contains("--pdeathsig", StringComparison.Ordinal);
        }
        catch (StartupException)
        {
            // No setpriv on this machine.
            return false;
        }
    }

    private static async Task<int?> IdAsync(string option, string name, CancellationToken cancellationToken)
    {
        var (code, output) = await ShortProcess.RunAsync("id", [option, name], cancellationToken);
        return code == 0 ? int.Parse(output, CultureInfo.InvariantCulture) : null;
    }
}

using System.Security.Cryptography;
using System.Text;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Postgres;

/// <summary>Where the server's socket is: in its own folder, or, when that path is too long for a socket, in a private folder for temporary files.</summary>
internal static class SocketFolder
{
    /// <summary>File name that PostgreSQL gives the socket of its default port.</summary>
    public const string SocketName = ".s.PGSQL.5432";

    // sockaddr_un.sun_path holds 108 bytes on Linux, the last one 0 (104 on macOS).
    private static readonly int MaximumBytes = OperatingSystem.IsMacOS() ? 103 : 107;

    /// <summary>The folder for the socket of a server.</summary>
    /// <param name="serverFolder">Absolute path of the server's folder.</param>
    public static string For(string serverFolder)
    {
        var own = Path.Combine(serverFolder, "socket");
        if (Fits(own))
        {
            return own;
        }

        var name = "trainyard-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(serverFolder)))[..16];
        // Root's runtime folder is closed to the user that runs the server.
        var runtime = Environment.IsPrivilegedProcess ? null : Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        return !string.IsNullOrEmpty(runtime) && Directory.Exists(runtime) && Fits(Path.Combine(runtime, name))
            ? Path.Combine(runtime, name)
            : Path.Combine("/tmp", name);
    }

    /// <summary>Makes the folder, or checks that nobody else made it.</summary>
    /// <exception cref="StartupException">Somebody else owns a folder of that name.</exception>
    public static async Task PrepareAsync(string socketFolder, PostgresAccount account, CancellationToken cancellationToken)
    {
        var existed = Directory.Exists(socketFolder) || File.Exists(socketFolder);
        if (existed && !await IsPrivateAsync(socketFolder, account, cancellationToken))
        {
            throw new StartupException($"{socketFolder} is not a private folder of user '{account.Name}': remove it, or set DATA_DIR to a shorter path.");
        }

        if (!existed)
        {
            await account.MakePrivateFolderAsync(socketFolder, cancellationToken);
        }
    }

    private static bool Fits(string folder) => Encoding.UTF8.GetByteCount(Path.Combine(folder, SocketName)) <= MaximumBytes;

    private static async Task<bool> IsPrivateAsync(string folder, PostgresAccount account, CancellationToken cancellationToken)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        var info = new DirectoryInfo(folder);
        return info.Exists && info.LinkTarget is null && (info.UnixFileMode & Others) == UnixFileMode.None
            && (await account.RunAsync(["test", "-O", folder], cancellationToken)).ExitCode == 0;
    }
}

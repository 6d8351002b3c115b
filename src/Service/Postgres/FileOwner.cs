using System.Globalization;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Postgres;

/// <summary>The owner of a file or folder.</summary>
internal sealed record FileOwner
{
    public required string Name { get; init; }

    public required int Uid { get; init; }

    public required int Gid { get; init; }

    /// <summary>Asks the file system; a link is not followed.</summary>
    public static async Task<FileOwner> OfAsync(string path, CancellationToken cancellationToken)
    {
        // GNU and BSD spell the format differently.
        string[] format = OperatingSystem.IsMacOS() ? ["-f", "%u %g %Su"] : ["-c", "%u %g %U"];
        var (code, output) = await ShortProcess.RunAsync("stat", [.. format, path], cancellationToken);
        var words = output.Trim().Split(' ', 3);
        return code == 0 && words.Length == 3
            ? new FileOwner { Uid = int.Parse(words[0], CultureInfo.InvariantCulture), Gid = int.Parse(words[1], CultureInfo.InvariantCulture), Name = words[2] }
            : throw new StartupException($"The owner of {path} cannot be found out: {output.Trim()}");
    }
}

namespace Trainyard.Service.Hosting;

/// <summary>The folder for everything that the service stores in files.</summary>
internal static class DataFolder
{
    // Several processes may use one folder, also from containers that give them the same id.
    private static readonly string ProbeName = ".probe-" + Path.GetRandomFileName();

    /// <summary>The folder of one run, the same for all its attempts: spec, log, checkpoints.</summary>
    public static string OfRun(string path, Guid runId) => Path.Combine(OfRuns(path), runId.ToString());

    private static string OfRuns(string path) => Path.Combine(path, "runs");

    /// <summary>Creates the folder, and in it that of the runs, readable by this user only; and writes a file to it once.</summary>
    /// <exception cref="StartupException">It cannot be written to.</exception>
    public static void RequireWritable(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(OfRuns(path));
            }
            else
            {
                Directory.CreateDirectory(OfRuns(path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            Probe(OfRuns(path));
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new StartupException(
                $"The data folder {path} cannot be written to by user '{Environment.UserName}': {exception.Message} "
                + "Make it writable for that user, or set DATA_DIR to another folder.",
                exception);
        }
    }

    // Why runs cannot be stored now; null: they can. The folder of the runs is not created again: where it is gone, the disk of the data folder is likely not
    // mounted, and what the runs have stored is on it.
    public static string? FindProblem(string path, long minimumFreeBytes)
    {
        var runs = OfRuns(path);
        try
        {
            if (!Directory.Exists(runs))
            {
                return $"The folder {runs} does not exist any more. Mount its disk again; or create it, and runs without their checkpoints start from the beginning.";
            }

            Probe(runs);
            return new DriveInfo(runs).AvailableFreeSpace is var free && free < minimumFreeBytes
                ? $"The disk of {runs} has {free / 1_000_000} MB left, and runs need {minimumFreeBytes / 1_000_000} MB (Worker__MinFreeMegabytes). Free some space."
                : null;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return $"The folder {runs} cannot be written to: {exception.Message}";
        }
    }

    private static void Probe(string folder)
    {
        using var file = new FileStream(
            Path.Combine(folder, ProbeName), FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0, FileOptions.DeleteOnClose);
        file.Write(new byte[4096]);
    }
}

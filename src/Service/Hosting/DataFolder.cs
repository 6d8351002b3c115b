namespace Trainyard.Service.Hosting;

/// <summary>The folder for everything that the service stores in files.</summary>
internal static class DataFolder
{
    /// <summary>The folder of one run, the same for all its attempts: spec, log, checkpoints.</summary>
    public static string OfRun(string path, Guid runId) => Path.Combine(path, "runs", runId.ToString());

    /// <summary>Creates the folder if it is missing, and writes a file to it once.</summary>
    /// <exception cref="StartupException">It cannot be written to.</exception>
    public static void RequireWritable(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new StartupException(
                $"The data folder {path} cannot be written to by user '{Environment.UserName}': {exception.Message} "
                + "Make it writable for that user, or set DATA_DIR to another folder.",
                exception);
        }
    }
}

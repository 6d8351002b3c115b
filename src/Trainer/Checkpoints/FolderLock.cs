using Trainyard.Specs.Events;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Checkpoints;

// Mutual exclusion of the trainers in a run's folder: a trainer whose worker was killed still writes its last checkpoint, and the next attempt waits for it.
// The lock ends with its process.
internal static class FolderLock
{
    private const string FileName = "trainer.lock";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Creates the folder and waits for its lock, which is released by disposing of it.</summary>
    /// <exception cref="RunFailureException">The folder cannot be written, or another trainer did not end in time.</exception>
    public static IDisposable Acquire(string folder, TimeProvider time, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, FileName);
        var began = time.GetTimestamp();
        try
        {
            Directory.CreateDirectory(folder);
            while (true)
            {
                try
                {
                    return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                }
                catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
                {
                    if (time.GetElapsedTime(began) > Timeout)
                    {
                        throw new RunFailureException(
                            FailureClass.Crashed, RunMessageCode.RunFolderLocked, [("path", folder), ("seconds", Timeout.TotalSeconds)], exception);
                    }
                }

                Task.Delay(PollInterval, time, cancellation).GetAwaiter().GetResult();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailureException(FailureClass.Storage, RunMessageCode.FileNotWritable, [("path", folder), ("detail", exception.Message)], exception);
        }
    }
}

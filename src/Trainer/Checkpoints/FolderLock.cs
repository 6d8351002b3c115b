using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Checkpoints;

/// <summary>Another trainer held the folder for too long. That is no failure of the run.</summary>
internal sealed class FolderLockedException(string folder, TimeSpan waited) : Exception(
    RunMessageText.From(RunMessageCode.RunFolderLocked, MessageArguments.From(("path", folder), ("seconds", waited.TotalSeconds))));

// Mutual exclusion of the trainers in a run's folder: a trainer whose worker was killed still writes its last checkpoint, and the next attempt waits for it.
// The lock ends with its process.
internal static class FolderLock
{
    private const string FileName = "trainer.lock";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Creates the folder and waits for its lock, which is released by disposing of it.</summary>
    /// <exception cref="RunFailureException">The folder cannot be written.</exception>
    /// <exception cref="FolderLockedException">Another trainer did not end in time.</exception>
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
                catch (IOException exception) when (IsHeld(exception))
                {
                    if (time.GetElapsedTime(began) > Timeout)
                    {
                        throw new FolderLockedException(folder, Timeout);
                    }
                }

                Task.Delay(PollInterval, time, cancellation).GetAwaiter().GetResult();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailureException(FailureClass.Storage, StorageFailure.CodeOf(exception), [("path", folder), ("detail", exception.Message)], exception);
        }
    }

    // EWOULDBLOCK of Linux and macOS; ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION.
    private static bool IsHeld(IOException exception) => OperatingSystem.IsWindows()
        ? exception.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021)
        : exception.HResult is 11 or 35;
}

using Trainyard.Specs.Events;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Checkpoints;

/// <summary>
/// One trainer at a time works in a run's folder. A trainer whose worker was killed still writes its last checkpoint while the next attempt begins; that one
/// waits here. The lock ends with the process, however that ends.
/// </summary>
internal static class FolderLock
{
    private const string FileName = "trainer.lock";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until no other trainer works in the folder.</summary>
    /// <returns>Disposing of it lets the next one in.</returns>
    /// <exception cref="RunFailureException">Another one did not end in time.</exception>
    public static IDisposable Take(string folder, TimeProvider time, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
            {
                if (time.GetElapsedTime(began) > Patience)
                {
                    throw new RunFailureException(
                        FailureClass.Crashed, RunMessageCode.RunFolderLocked, [("path", folder), ("seconds", Patience.TotalSeconds)], exception);
                }
            }

            Task.Delay(Pause, time, cancellation).GetAwaiter().GetResult();
        }
    }
}

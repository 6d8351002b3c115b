using System.Runtime.InteropServices;
using Trainyard.Specs.Events;

namespace Trainyard.Trainer.Commands;

/// <summary>The end of this process without the clean-up of runtime and engine, which takes a tenth of a second and would wait for threads that still compute.</summary>
internal static partial class ProcessEnd
{
    /// <summary>Ends the process where the system allows it, when everything has been written; else returns the exit code.</summary>
    public static int Leave(int exitCode)
    {
        if (OperatingSystem.IsLinux())
        {
            Console.Out.Flush();
            Console.Error.Flush();
            Exit(exitCode);
        }

        return exitCode;
    }

    // At once, and without a word: where the worker reads nothing any more, a thread that writes an event to the full pipe holds the lock of the console.
    public static void LeaseExpired()
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.Exit(TrainerExitCode.LeaseExpired);
        }

        Exit(TrainerExitCode.LeaseExpired);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Exit(int code);
}

using System.Runtime.InteropServices;

namespace Trainyard.Service.Postgres;

/// <summary>Signals to processes; .NET itself only sends SIGKILL.</summary>
internal static partial class Posix
{
    /// <summary>To PostgreSQL: end now, in order ("fast" shutdown).</summary>
    public const int Interrupt = 2;

    /// <summary>To PostgreSQL: end at once, recover at the next start ("immediate" shutdown).</summary>
    public const int Quit = 3;

    /// <summary>Sends a signal; a process that is gone already is no error.</summary>
    public static void Send(int processId, int signal) => _ = Kill(processId, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}

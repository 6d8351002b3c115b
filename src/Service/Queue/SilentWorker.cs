using System.Diagnostics;

namespace Trainyard.Service.Queue;

/// <summary>A worker that holds runs but not the lock that says that it lives: it is dead, or is about to connect again.</summary>
/// <param name="Id">Name of the worker.</param>
/// <param name="Host">Its machine.</param>
/// <param name="ProcessId">Its process on that machine.</param>
internal sealed record SilentWorker(string Id, string Host, int ProcessId)
{
    /// <summary>Whether its process is known to be gone: it was on this machine, and there is none of its number.</summary>
    public bool IsGone
    {
        get
        {
            // Of this process itself it can be a worker that is about to connect again.
            if (Host != Environment.MachineName || ProcessId == Environment.ProcessId)
            {
                return false;
            }

            try
            {
                using var process = Process.GetProcessById(ProcessId);
                return process.HasExited;
            }
            catch (ArgumentException)
            {
                return true;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false; // There is one, of another user.
            }
        }
    }
}

using System.Runtime.InteropServices;

namespace Trainyard.Trainer.Setup;

// Settings of OpenMP's thread pool, made before the tensor engine is loaded. By default its idle threads spin for milliseconds on cores that other processes
// need, which halves the speed of two trainers on one machine; sleeping at once costs a tenth on an idle one. Spinning briefly is nearly the best of both
// (measured in bench/trainer/README.md). A variable that is already set takes precedence.
internal static partial class ThreadPools
{
    /// <summary>Makes idle threads sleep soon; call before any function of the engine.</summary>
    public static void Configure()
    {
        if (OperatingSystem.IsLinux())
        {
            // Environment.SetEnvironmentVariable does not reach native code.
            SetIfUnset("GOMP_SPINCOUNT", "1000");
        }
    }

    private static void SetIfUnset(string name, string value) => _ = SetEnvironmentVariable(name, value, overwrite: 0);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}

using System.Reflection;

namespace Trainyard.Trainer.Setup;

/// <summary>The tensor engine that this trainer was built with.</summary>
internal static class Engine
{
    /// <summary>The package: TorchSharp-cpu, TorchSharp-cuda-linux, TorchSharp-cuda-windows, or libtorch for the system's.</summary>
    public static string Name => IsSystem ? "libtorch" : Package;

    /// <summary>Version of the libtorch in use.</summary>
    public static string Version => __version__;

    /// <summary>For people, as in <c>libtorch 1.13.1 (system)</c>.</summary>
    public static string Description => IsSystem ? $"{Name} {Version} (system)" : $"{Name} {Version}";

    private static bool IsSystem => Package == "system";

    /// <summary>The package as the build names it: TorchSharp-cpu, TorchSharp-cuda-linux, TorchSharp-cuda-windows, or system.</summary>
    public static string Package => typeof(Engine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "TorchPackage").Value!;

    /// <summary>Loads the native libraries, which takes some hundred milliseconds, and sets the number of threads of one operation.</summary>
    /// <exception cref="DllNotFoundException">The native libraries cannot be loaded.</exception>
    public static void Load(int threads)
    {
        ThreadPools.Configure();
        NativeMemory.Configure();
        set_num_threads(threads);
    }
}

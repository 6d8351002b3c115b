using System.Reflection;

namespace Trainyard.Trainer.Setup;

/// <summary>The tensor engine that this trainer was built with.</summary>
internal static class Engine
{
    // A static value that asks the engine, here, would load it with the first use of this class, and report failures in its own way.
    private static Task? loading;

    /// <summary>The package: TorchSharp-cpu, TorchSharp-cuda-linux or TorchSharp-cuda-windows.</summary>
    public static string Package => typeof(Engine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "TorchPackage").Value!;

    public static string Version => typeof(Tensor).Assembly.GetName().Version!.ToString(3);
    public static string Libtorch => System.Version.Parse(__version__).ToString(3);

    /// <summary>For messages, as in <c>TorchSharp-cpu 0.107.0 (libtorch 2.10.0)</c>.</summary>
    public static string Description => $"{Package} {Version} (libtorch {Libtorch})";

    /// <summary>Begins to load the native libraries, which takes some hundred milliseconds, beside what the caller does next.</summary>
    public static void BeginLoad()
    {
        ThreadPools.Configure();
        NativeMemory.Configure();
        // A thread of its own: the pool's first one is a while in coming.
        loading ??= OperatingSystem.IsLinux()
            ? Task.Factory.StartNew(NativeLibraries.Load, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            : Task.CompletedTask;
    }

    /// <summary>Loads the native libraries and sets the number of threads of one operation.</summary>
    /// <exception cref="DllNotFoundException">The native libraries cannot be loaded; the message names it and what it lacks.</exception>
    public static void Load(int threads)
    {
        BeginLoad();
        loading!.GetAwaiter().GetResult();
        set_num_threads(threads);
    }
}

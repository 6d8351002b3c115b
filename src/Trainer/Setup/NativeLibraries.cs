using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Trainyard.Trainer.Setup;

// Loads the native libraries of libtorch and TorchSharp. TorchSharp would load them itself, but reports every failure as a missing package reference, after it
// has copied libraries from the NuGet cache.
internal static partial class NativeLibraries
{
    private const string Binding = "libLibTorchSharp.so";

    /// <summary>Loads them, each before those that need it.</summary>
    /// <exception cref="DllNotFoundException">One cannot be loaded; the message names the library and what it lacks.</exception>
    public static void Load()
    {
        var folders = ((string?)AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var folder = folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, Binding)))
            ?? throw new DllNotFoundException($"{Binding} is missing from {string.Join(", ", folders)}.");
        foreach (var name in (string[])["libc10.so", "libtorch_cpu.so", Binding])
        {
            try
            {
                NativeLibrary.Load(Path.Combine(folder, name));
            }
            catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
            {
                throw new DllNotFoundException(Explain(name, exception.Message), exception);
            }
        }
    }

    /// <summary>What a library lacks, by the runtime's message, whose last line is that of the system's loader (dlerror).</summary>
    internal static string Explain(string name, string message)
    {
        var reason = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
        return OldLibrary().Match(reason) is { Success: true } old
            ? $"{old.Groups["library"]} is too old: {Path.GetFileName(old.Groups["by"].Value)} needs {old.Groups["version"]}."
            : MissingLibrary().Match(reason) is { Success: true } missing
                ? $"{missing.Groups["library"]} is missing{(Path.GetFileName(missing.Groups["library"].Value) == name ? "" : $": {name} needs it")}."
                : $"{name} cannot be loaded: {reason}";
    }

    [GeneratedRegex("^(?<library>[^:]+): version `(?<version>[^']+)' not found \\(required by (?<by>.+)\\)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OldLibrary();

    [GeneratedRegex("^(?<library>[^:]+): cannot open shared object file: No such file or directory$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MissingLibrary();
}

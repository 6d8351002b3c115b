using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Trainyard.Service.Tests.Workers;

namespace Trainyard.Service.Tests.Export;

/// <summary>Compiles and runs programs as a person would.</summary>
internal static partial class ProgramTools
{
    /// <summary>Debian's Python, which has torch when python3-torch is installed.</summary>
    public const string Python = "/usr/bin/python3";

    /// <summary>Whether Python has torch; without, tests that need it fail with the command that installs it.</summary>
    public static async Task RequireTorchAsync()
    {
        var (exitCode, output) = await RunAsync(Python, ["-c", "import torch, numpy; print(torch.__version__)"]);
        Assert.True(exitCode == 0, $"PyTorch is needed to check the programs: apt-get install -y python3-torch ({output.Trim()})");
    }

    /// <summary>Compiles a C# program against the engine that the trainer was built with.</summary>
    /// <returns>The messages of the compiler; empty: none.</returns>
    public static async Task<string> CompileAsync(string source, string output)
    {
        var runtime = RuntimeEnvironment.GetRuntimeDirectory();
        var references = Directory.GetFiles(runtime, "*.dll").Where(IsManaged).Concat(Engine()).Select(path => $"-reference:{path}");
        // A file of its own, because the command line would be too long.
        var arguments = Path.ChangeExtension(output, ".rsp");
        await File.WriteAllLinesAsync(
            arguments,
            ["-nologo", "-target:exe", "-langversion:latest", "-nullable:enable", "-unsafe", "-optimize+", "-nostdlib", "-warn:0", $"\"-out:{output}\"", .. references.Select(reference => $"\"{reference}\""), $"\"{source}\""],
            TestContext.Current.CancellationToken);
        var (exitCode, messages) = await RunAsync("dotnet", ["exec", Compiler(runtime), "-noconfig", $"@{arguments}"]);
        return exitCode == 0 ? "" : messages;
    }

    /// <summary>Runs a C# program that <see cref="CompileAsync"/> made, on the trainer's runtime and engine.</summary>
    public static Task<(int ExitCode, string Output)> RunCompiledAsync(string program, params string[] arguments)
    {
        var folder = Path.GetDirectoryName(program)!;
        var trainer = Path.GetDirectoryName(Trainers.Real)!;
        foreach (var file in Directory.GetFiles(trainer).Where(file => Path.GetFileName(file) is var name
            && (name.Contains("orch", StringComparison.Ordinal) || name.EndsWith(".so", StringComparison.Ordinal))))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        File.Copy(Path.Combine(trainer, "trainer.runtimeconfig.json"), Path.ChangeExtension(program, ".runtimeconfig.json"), overwrite: true);
        return RunAsync("dotnet", ["exec", program, .. arguments]);
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>The exit code, and what it wrote to both outputs.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string command, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>The numbers that a program printed after each epoch: train loss and accuracy, validation loss and accuracy.</summary>
    public static List<double[]> Epochs(string output) =>
    [
        .. Epoch().Matches(output).Select(match => ((string[])["a", "b", "c", "d"]).Select(name => double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture)).ToArray()),
    ];

    private static string[] Engine() =>
        Directory.GetFiles(Path.GetDirectoryName(Trainers.Real)!, "*.dll").Where(path => Path.GetFileName(path) is "Trainyard.LibTorch.dll" or "TorchSharp.dll").ToArray() is { Length: > 0 } found
            ? found
            : throw new FileNotFoundException("The trainer has no tensor engine beside it. Build it: dotnet build src/Trainer");

    private static bool IsManaged(string path)
    {
        var name = Path.GetFileName(path);
        return (name.StartsWith("System", StringComparison.Ordinal) && !name.Contains("Native", StringComparison.Ordinal)) || name is "mscorlib.dll" or "netstandard.dll" or "Microsoft.CSharp.dll";
    }

    // runtime: .../shared/Microsoft.NETCore.App/10.0.1/
    private static string Compiler(string runtime)
    {
        var sdks = new DirectoryInfo(Path.Combine(runtime, "..", "..", "..", "sdk"));
        return sdks.GetDirectories("10.*").Select(sdk => Path.Combine(sdk.FullName, "Roslyn", "bincore", "csc.dll")).Where(File.Exists).Order(StringComparer.Ordinal).Last();
    }

    [GeneratedRegex(@"epoch \d+: train loss (?<a>\S+), train accuracy (?<b>\S+), validation loss (?<c>\S+), validation accuracy (?<d>\S+)\s", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Epoch();
}

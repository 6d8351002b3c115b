using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Trainyard.Service.Tests.Export;

internal static partial class ProgramTools
{
    /// <summary>Debian's Python, which has torch when python3-torch is installed.</summary>
    private const string Python = "/usr/bin/python3";

    // What a file-based program gets without asking.
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading.Tasks;\n";

    private static string Engine => Path.GetDirectoryName(Repository.Trainer)!;

    // Compiles TorchSharp programs into one assembly, because a compiler starts slowly: each becomes a namespace, its statements the body of a method.
    // Returns the assembly, to be run by RunTorchSharpAsync.
    public static async Task<string> CompileTorchSharpAsync(string folder, IReadOnlyList<string> programs)
    {
        var source = new StringBuilder(ImplicitUsings)
            .AppendLine(CultureInfo.InvariantCulture, $"Action<string[]>[] programs = [{string.Join(", ", programs.Select((_, index) => $"P{index}.Program.Run"))}];")
            .AppendLine("foreach (var (run, index) in programs.Select((run, index) => (run, index))) { Console.WriteLine($\"== {index}\"); run(args); }");
        foreach (var (program, index) in programs.Select((program, index) => (program, index)))
        {
            var lines = program.Split('\n').Where(line => !line.StartsWith("#:", StringComparison.Ordinal)).ToList();
            var start = lines.FindLastIndex(line => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.StartsWith("using var", StringComparison.Ordinal)) + 1;
            var types = lines.FindIndex(line => line.StartsWith("sealed class ", StringComparison.Ordinal)) is >= 0 and var found ? found : lines.Count;
            source.AppendLine(CultureInfo.InvariantCulture, $"namespace P{index}\n{{\n{string.Join('\n', lines[..start])}\nstatic class Program\n{{\npublic static void Run(string[] args)\n{{")
                .AppendJoin('\n', lines[start..types]).AppendLine("\n}\n}").AppendJoin('\n', lines[types..]).AppendLine("\n}");
        }

        var runtime = RuntimeEnvironment.GetRuntimeDirectory();
        var references = Directory.GetFiles(runtime, "*.dll").Where(IsManaged).Append(Path.Combine(Engine, "TorchSharp.dll"));
        var (file, output, arguments) = (Path.Combine(folder, "programs.cs"), Path.Combine(folder, "programs.dll"), Path.Combine(folder, "programs.rsp"));
        await File.WriteAllTextAsync(file, source.ToString(), TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(
            arguments,
            ["-nologo", "-target:exe", "-langversion:latest", "-nullable:enable", "-warnaserror+:nullable", "-nostdlib", "-nowarn:CS1701", $"-out:{output}", .. references.Select(path => $"-reference:{path}"), file],
            TestContext.Current.CancellationToken);
        var (exitCode, messages) = await RunAsync("dotnet", ["exec", Compiler(runtime), "-noconfig", $"@{arguments}"]);
        Assert.True(exitCode == 0, messages);
        return output;
    }

    // Runs the programs of an assembly one after the other, on the trainer's runtime and engine. Returns what each printed.
    public static async Task<IReadOnlyList<string>> RunTorchSharpAsync(string assembly)
    {
        var folder = Path.GetDirectoryName(assembly)!;
        foreach (var file in Directory.GetFiles(Engine, "*", SearchOption.AllDirectories)
            .Where(file => file.Contains("/native/", StringComparison.Ordinal) || Path.GetFileName(file) is "TorchSharp.dll" or "Google.Protobuf.dll" or "SkiaSharp.dll"))
        {
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(file)), file);
        }

        File.Copy(Path.Combine(Engine, "trainer.runtimeconfig.json"), Path.ChangeExtension(assembly, ".runtimeconfig.json"));
        return Parts(await SucceedAsync("dotnet", ["exec", assembly]));
    }

    // Runs PyTorch programs one after the other in one process, because most of the time of a program is PyTorch's start. Returns what each printed.
    public static async Task<IReadOnlyList<string>> RunPytorchAsync(string folder, IEnumerable<string> programs)
    {
        var (hasTorch, version) = await RunAsync(Python, ["-c", "import torch, numpy"]);
        Assert.True(hasTorch == 0, $"PyTorch is needed to check the programs: apt-get install -y python3-torch ({version.Trim()})");
        var files = await WritePytorchAsync(folder, programs);
        return Parts(await SucceedAsync(
            Python, ["-c", "import runpy, sys\nfor program in sys.argv[1:]:\n    print('==', program, flush=True)\n    runpy.run_path(program, run_name='__main__')", .. files]));
    }

    /// <summary>Compiles Python programs without running them.</summary>
    public static async Task CompilePytorchAsync(string folder, IEnumerable<string> programs) =>
        await SucceedAsync(Python, ["-m", "py_compile", .. await WritePytorchAsync(folder, programs)]);

    public static async Task<string> SucceedAsync(string command, IEnumerable<string> arguments, string? folder = null)
    {
        var (exitCode, output) = await RunAsync(command, arguments, folder);
        Assert.True(exitCode == 0, output);
        return output;
    }

    /// <summary>The numbers that a program printed after each epoch: train loss and accuracy, validation loss and accuracy.</summary>
    public static List<double[]> Epochs(string output) =>
    [
        .. Epoch().Matches(output).Select(match => ((string[])["a", "b", "c", "d"]).Select(name => double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture)).ToArray()),
    ];

    private static async Task<(int ExitCode, string Output)> RunAsync(string command, IEnumerable<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        // One thread: the machine also runs other tests, and small tensors gain nothing from more.
        start.Environment["OMP_NUM_THREADS"] = "1";
        if (folder is not null)
        {
            // File-based programs are built below the data folder.
            (start.WorkingDirectory, start.Environment["XDG_DATA_HOME"]) = (folder, folder);
        }

        using var process = Process.Start(start)!;
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

    private static async Task<IReadOnlyList<string>> WritePytorchAsync(string folder, IEnumerable<string> programs)
    {
        var files = new List<string>();
        foreach (var program in programs)
        {
            files.Add(Path.Combine(folder, $"program{files.Count}.py"));
            await File.WriteAllTextAsync(files[^1], program, TestContext.Current.CancellationToken);
        }

        return files;
    }

    private static string[] Parts(string output) => output.Split("== ", StringSplitOptions.RemoveEmptyEntries);

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

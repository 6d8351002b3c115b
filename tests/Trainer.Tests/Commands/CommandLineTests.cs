using System.Diagnostics;
using System.Text.Json;
using Trainyard.Specs.Events;

namespace Trainyard.Trainer.Tests.Commands;

[Trait("Needs", "process")]
public sealed class CommandLineTests
{
    [Fact]
    public async Task Info_PrintsOneObjectWithEngineAndDevices()
    {
        using var process = Process.Start(new ProcessStartInfo(TrainerProcess.Executable, ["info"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        using var info = JsonDocument.Parse(text);
        Assert.Equal(
            ["package", "version", "libtorch", "cudaAvailable", "cudaDevices", "bfloat16", "threads"],
            info.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.All((string[])["version", "libtorch"], member => Assert.Matches(@"^\d+\.\d+\.\d+$", info.RootElement.GetProperty(member).GetString()));
        Assert.Equal(Environment.ProcessorCount, info.RootElement.GetProperty("threads").GetInt32());
    }

    [Fact]
    public async Task Out_IsAFile_ExitsWithTwoAndNamesIt()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("run", "a file");
        await using var trainer = await TrainerProcess.RunAsync(folder, TestSpecs.Xor, 2);
        Assert.Equal($"--out must be a folder; '{file}' is a file.", (await trainer.ErrorsAsync()).Trim());
    }

    [Fact]
    public async Task Out_NotWritable_ExitsWith73AndNamesTheFolder()
    {
        using var folder = new TemporaryFolder();
        // Not even root creates a folder there.
        await using var trainer = TrainerProcess.Start("train", "--spec", folder.Write("spec.json", TestSpecs.Xor), "--out", "/proc/run");
        await trainer.ExpectExitAsync(73);
        var failed = Assert.IsType<FailedEvent>(Assert.Single(trainer.Events));
        Assert.Equal(failed.Message, (await trainer.ErrorsAsync()).Trim());
        Assert.Equal((FailureClass.Storage, RunMessageCode.FileNotWritable, "/proc/run"), (failed.Class, failed.Code, failed.Arguments["path"].GetString()));
    }

    // A file on the way, a read-only file system, and one that is full.
    [Theory]
    [InlineData("", RunMessageCode.FileNotWritable)]
    [InlineData("mount -t tmpfs -o ro none '{0}' || exit 99", RunMessageCode.FileNotWritable)]
    [InlineData("mount -t tmpfs -o size=4k,nr_inodes=2 none '{0}' && dd if=/dev/zero of='{0}/full' bs=4k count=1 2>/dev/null || exit 99", RunMessageCode.DiskFull)]
    public async Task Out_OnWhatCannotBeWritten_ExitsWith73AtOnce(string mount, RunMessageCode code)
    {
        using var folder = new TemporaryFolder();
        var disk = mount.Length == 0 ? folder.Write("disk", "a file") : Directory.CreateDirectory(folder.File("disk")).FullName;
        var script = $"""
            {mount.Replace("{0}", disk, StringComparison.Ordinal)}
            exec '{TrainerProcess.Executable}' train --spec '{folder.Write("spec.json", TestSpecs.Xor)}' --out '{disk}/run'
            """;
        var begin = Stopwatch.StartNew();
        string[] namespaces = Environment.UserName == "root" ? ["--mount"] : ["--user", "--map-root-user", "--mount"];
        await using var trainer = TrainerProcess.Start(new ProcessStartInfo("unshare", [.. namespaces, "sh", "-c", script]));
        await trainer.ExpectExitAsync(73);
        Assert.Equal((FailureClass.Storage, code), (Failed(trainer).Class, Failed(trainer).Code));
        Assert.Equal(Failed(trainer).Message, (await trainer.ErrorsAsync()).Trim());
        Assert.True(begin.Elapsed < TimeSpan.FromSeconds(25), "It waited for a lock.");
    }

    [Theory]
    [InlineData("> /dev/full")]
    [InlineData(">&-")]
    [InlineData("| true")]
    public async Task Output_CannotBeWritten_ExitsWith74AndOneSentence(string redirection)
    {
        using var folder = new TemporaryFolder();
        var spec = folder.Write("spec.json", TestSpecs.Xor.Replace("\"epochs\": 30", "\"epochs\": 10000", StringComparison.Ordinal));
        var script = $"set -o pipefail; '{TrainerProcess.Executable}' train --spec '{spec}' --out '{folder.File("run")}' {redirection}";
        await using var trainer = TrainerProcess.Start(new ProcessStartInfo("bash", ["-c", script]));
        await trainer.ExpectExitAsync(74);
        Assert.StartsWith("Events cannot be written to standard output: ", Assert.Single((await trainer.ErrorsAsync()).Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_ToAFileThatAnotherProgramWritesToo_KeepsEveryLine()
    {
        using var folder = new TemporaryFolder();
        var spec = folder.Write("spec.json", TestSpecs.Xor.Replace("\"epochs\": 30", "\"epochs\": 2", StringComparison.Ordinal));
        var script = $"(echo before; '{TrainerProcess.Executable}' train --spec '{spec}' --out '{folder.File("run")}'; echo after) > '{folder.File("log")}' 2>&1";
        await using var trainer = TrainerProcess.Start(new ProcessStartInfo("sh", ["-c", script]));
        await trainer.ExpectExitAsync(0);
        var lines = await File.ReadAllLinesAsync(folder.File("log"), TestContext.Current.CancellationToken);
        Assert.Equal(("before", "after"), (lines[0], lines[^1]));
        Assert.Contains("\"type\":\"finished\"", lines[^2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("a folder")]
    [InlineData("too large")]
    [InlineData("without end")]
    public async Task Spec_ThatCannotBeRead_ExitsWith66AndOneSentence(string problem)
    {
        using var folder = new TemporaryFolder();
        var spec = problem switch
        {
            "missing" => folder.File("nowhere.json"),
            "a folder" => folder.Path,
            "too large" => folder.Write("spec.json", new string(' ', 300_000) + TestSpecs.Xor),
            _ => "/dev/zero",
        };
        await using var trainer = TrainerProcess.Start("train", "--spec", spec, "--out", folder.File("run"));
        await trainer.ExpectExitAsync(66);
        Assert.StartsWith("The spec ", Assert.Single((await trainer.ErrorsAsync()).Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(trainer.Lines);
    }

    // A file in the place of the folder, of a dataset's folder, and of one of its files; and damaged files.
    [Theory]
    [InlineData("folder", 73, RunMessageCode.DatasetFolderNotWritable)]
    [InlineData("dataset", 73, RunMessageCode.DatasetFolderNotWritable)]
    [InlineData("unreadable", 1, RunMessageCode.FileUnreadable)]
    [InlineData("damaged", 1, RunMessageCode.FileDamaged)]
    public async Task Datasets_ThatCannotBeRead_FailWithOneSentence(string problem, int exitCode, RunMessageCode code)
    {
        using var folder = new TemporaryFolder();
        var datasets = folder.File("datasets");
        string[] names = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"];
        switch (problem)
        {
            case "folder":
                folder.Write("datasets", "a file");
                break;
            case "dataset":
                Directory.CreateDirectory(datasets);
                folder.Write("datasets/mnist", "a file");
                break;
            default:
                Directory.CreateDirectory(Path.Combine(datasets, "mnist"));
                Array.ForEach(names, name => folder.Write($"datasets/mnist/{name}", "not gzip"));
                break;
        }

        // Root reads everything, but not through a link to itself.
        if (problem == "unreadable")
        {
            foreach (var path in names.Select(name => Path.Combine(datasets, "mnist", name)))
            {
                File.Delete(path);
                File.CreateSymbolicLink(path, "/proc/self/mem");
            }
        }

        const string Mnist = """{ "data": { "dataset": "mnist" }, "model": { "kind": "mlp" }, "training": { "epochs": 1 } }""";
        await using var trainer = await TrainerProcess.RunAsync(folder, Mnist, exitCode, "--datasets", datasets, "--mirror", "http://127.0.0.1:1/");
        Assert.Equal(code, Failed(trainer).Code);
        Assert.Equal(Failed(trainer).Message, (await trainer.ErrorsAsync()).Trim());
        Assert.Contains(datasets, Failed(trainer).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--spec")]
    [InlineData("train --out /tmp/x")]
    [InlineData("train --spec /nowhere/spec.json --out /tmp/x --threads 0")]
    [InlineData("train --spec /nowhere/spec.json --out /tmp/x --threads many")]
    [InlineData("train --spec /nowhere/spec.json --out /tmp/x --max-threads 1025")]
    [InlineData("train --spec /nowhere/spec.json --out /tmp/x --checkpoint-seconds -1")]
    [InlineData("train --spec /nowhere/spec.json --out /tmp/x --weights")]
    [InlineData("train --spec  --out /tmp/x")]
    [InlineData("train --spec /nowhere/spec.json --out ")]
    [InlineData("train --spec /nowhere/spec.json --out /tmp/x --datasets ")]
    public async Task Arguments_Invalid_ExitWithTwoAndTheReason(string arguments)
    {
        await using var trainer = TrainerProcess.Start(arguments.Split(' '));
        await trainer.ExpectExitAsync(2);
        Assert.NotEmpty(await trainer.ErrorsAsync());
        Assert.Empty(trainer.Lines);
    }

    [Theory]
    [InlineData(false, "--max-threads 2", 1)]
    [InlineData(false, "--max-threads 2 --threads 2", 2)]
    [InlineData(true, "--max-threads 2", 2)]
    public async Task Threads_NotRequested_FollowTheWorkOfTheNetwork(bool hasConvolutions, string arguments, int threads)
    {
        using var folder = new TemporaryFolder();
        var spec = hasConvolutions ? TestSpecs.Shapes(epochs: 1) : TestSpecs.Xor;
        await using var trainer = TrainerProcess.Start(["train", "--spec", folder.Write("spec.json", spec), "--out", folder.File("run"), .. arguments.Split(' ')]);
        await trainer.ExpectExitAsync(0);
        Assert.Equal(threads, trainer.Events.OfType<StartedEvent>().Single().Threads);
    }

    [Fact]
    public async Task Spec_Invalid_ExitsWith65AndListsEveryFinding()
    {
        using var folder = new TemporaryFolder();
        const string Spec = """{ "data": { "dataset": "xor" }, "model": { "kind": "mlp" }, "training": { "epochs": 0, "batchSize": "big" } }""";
        await using var trainer = await TrainerProcess.RunAsync(folder, Spec, 65);
        var errors = await trainer.ErrorsAsync();
        Assert.Contains("/training/epochs", errors, StringComparison.Ordinal);
        Assert.Contains("/training/batchSize", errors, StringComparison.Ordinal);
        Assert.Empty(trainer.Lines);
    }

    [Fact]
    public async Task Resume_FolderOfAnotherSpec_ExitsWith65()
    {
        using var folder = new TemporaryFolder();
        await using (await TrainerProcess.RunAsync(folder, TestSpecs.Xor, 0))
        {
            var other = TestSpecs.Xor.Replace("\"seed\": 3", "\"seed\": 4", StringComparison.Ordinal);
            await using var trainer = await TrainerProcess.RunAsync(folder, other, 65, "--resume");
            Assert.Contains("another spec", await trainer.ErrorsAsync(), StringComparison.Ordinal);
        }
    }

    private static FailedEvent Failed(TrainerProcess trainer) => Assert.IsType<FailedEvent>(trainer.Lines[^1].Event);
}

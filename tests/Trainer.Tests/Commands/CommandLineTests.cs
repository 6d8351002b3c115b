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
    public async Task Out_NotWritable_FailsAsStorageAndNamesTheFolder()
    {
        using var folder = new TemporaryFolder();
        // Not even root creates a folder there.
        await using var trainer = TrainerProcess.Start("train", "--spec", folder.Write("spec.json", TestSpecs.Xor), "--out", "/proc/run");
        await trainer.ExpectExitAsync(1);
        var failed = Assert.IsType<FailedEvent>(Assert.Single(trainer.Events));
        Assert.Equal((FailureClass.Storage, RunMessageCode.FileNotWritable, "/proc/run"), (failed.Class, failed.Code, failed.Arguments["path"].GetString()));
    }

    [Fact]
    public async Task Output_CannotBeWritten_ExitsWith74AndOneSentence()
    {
        using var folder = new TemporaryFolder();
        var script = $"'{TrainerProcess.Executable}' train --spec '{folder.Write("spec.json", TestSpecs.Xor)}' --out '{folder.File("run")}' > /dev/full";
        await using var trainer = TrainerProcess.Start(new ProcessStartInfo("sh", ["-c", script]));
        await trainer.ExpectExitAsync(74);
        Assert.StartsWith("Events cannot be written to standard output: ", Assert.Single((await trainer.ErrorsAsync()).Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--spec")]
    [InlineData("train --out /tmp/x")]
    [InlineData("train --spec /nowhere/spec.json --out /tmp/x")]
    [InlineData("train --spec /nowhere/spec.json --out /tmp/x --threads 0")]
    [InlineData("train --spec /nowhere/spec.json --out /tmp/x --threads many")]
    [InlineData("train --spec /nowhere/spec.json --out /tmp/x --checkpoint-seconds -1")]
    [InlineData("train --spec /nowhere/spec.json --out /tmp/x --weights")]
    public async Task Arguments_Invalid_ExitWithTwoAndTheReason(string arguments)
    {
        await using var trainer = TrainerProcess.Start(arguments.Split(' '));
        await trainer.ExpectExitAsync(2);
        Assert.NotEmpty(await trainer.ErrorsAsync());
        Assert.Empty(trainer.Lines);
    }

    [Fact]
    public async Task Spec_Invalid_ExitsWithTwoAndListsEveryFinding()
    {
        using var folder = new TemporaryFolder();
        const string Spec = """{ "data": { "dataset": "xor" }, "model": { "kind": "mlp" }, "training": { "epochs": 0, "batchSize": "big" } }""";
        await using var trainer = await TrainerProcess.RunAsync(folder, Spec, 2);
        var errors = await trainer.ErrorsAsync();
        Assert.Contains("/training/epochs", errors, StringComparison.Ordinal);
        Assert.Contains("/training/batchSize", errors, StringComparison.Ordinal);
        Assert.Empty(trainer.Lines);
    }

    [Fact]
    public async Task Resume_FolderOfAnotherSpec_ExitsWithTwo()
    {
        using var folder = new TemporaryFolder();
        await using (await TrainerProcess.RunAsync(folder, TestSpecs.Xor, 0))
        {
            var other = TestSpecs.Xor.Replace("\"seed\": 3", "\"seed\": 4", StringComparison.Ordinal);
            await using var trainer = await TrainerProcess.RunAsync(folder, other, 2, "--resume");
            Assert.Contains("another spec", await trainer.ErrorsAsync(), StringComparison.Ordinal);
        }
    }
}

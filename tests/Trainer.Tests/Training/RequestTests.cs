using System.Diagnostics;
using Trainyard.Specs.Events;

namespace Trainyard.Trainer.Tests.Training;

[Trait("Needs", "process")]
public sealed class RequestTests
{
    [Fact]
    public async Task Pause_OnStandardInput_StopsWithACheckpointAndReportsPause()
    {
        using var folder = new TemporaryFolder();
        await using var trainer = TrainerProcess.Train(folder, TestSpecs.Shapes(epochs: 500));
        await trainer.NextAsync<ProgressEvent>();
        trainer.Send("something else");
        trainer.Send("pause");
        await trainer.ExpectExitAsync(10);
        Assert.IsType<CheckpointEvent>(trainer.Lines[^2].Event);
        Assert.Equal("pause", Assert.IsType<StoppedEvent>(trainer.Lines[^1].Event).Request);
        Assert.Contains("something else", await trainer.ErrorsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndOfStandardInput_Supervised_IsAStop()
    {
        using var folder = new TemporaryFolder();
        await using var trainer = TrainerProcess.Train(folder, TestSpecs.Shapes(epochs: 500), "--supervised");
        await trainer.NextAsync<ProgressEvent>();
        trainer.CloseInput();
        await trainer.ExpectExitAsync(10);
        Assert.Equal("stop", Assert.IsType<StoppedEvent>(trainer.Lines[^1].Event).Request);
    }

    [Fact]
    public async Task Lease_IsRenewed_TrainingGoesOn()
    {
        using var folder = new TemporaryFolder();
        await using var trainer = TrainerProcess.Train(folder, TestSpecs.Shapes(epochs: 500, trainSamples: 20000), "--supervised");
        trainer.Send($"lease {Stopwatch.GetTimestamp() + (600 * Stopwatch.Frequency)}");
        await trainer.NextAsync<ProgressEvent>();
        trainer.Send($"lease {Stopwatch.GetTimestamp() + (700 * Stopwatch.Frequency)}");
        await trainer.NextAsync<ProgressEvent>();
        trainer.Send("pause");
        await trainer.ExpectExitAsync(10);
        Assert.Empty(await trainer.ErrorsAsync());
    }

    [Fact]
    public async Task Lease_IsOverAndNobodyReadsTheEvents_EndsAllTheSame()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["train", "--spec", folder.Write("spec.json", TestSpecs.Shapes(epochs: 500)), "--out", folder.File("run"), "--threads", "1", "--supervised"];
        using var trainer = Process.Start(new ProcessStartInfo(TrainerProcess.Executable, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
        })!;
        await trainer.StandardInput.WriteLineAsync($"lease {Stopwatch.GetTimestamp() + (5 * Stopwatch.Frequency)}");
        await trainer.StandardInput.FlushAsync(TestContext.Current.CancellationToken);

        await trainer.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        Assert.Equal(12, trainer.ExitCode);
    }

    [Fact]
    public async Task EndOfStandardInput_NotSupervised_IsIgnored()
    {
        using var folder = new TemporaryFolder();
        await using var trainer = TrainerProcess.Train(folder, TestSpecs.Xor);
        trainer.CloseInput();
        await trainer.ExpectExitAsync(0);
        Assert.IsType<FinishedEvent>(trainer.Lines[^1].Event);
    }

    [Fact]
    public async Task Stop_BeforeTheFirstStep_LeavesACheckpointToResumeFrom()
    {
        using var folder = new TemporaryFolder();
        await using (var trainer = TrainerProcess.Train(folder, TestSpecs.Xor))
        {
            trainer.Send("stop");
            await trainer.ExpectExitAsync(10);
        }

        await using var resumed = await TrainerProcess.RunAsync(folder, TestSpecs.Xor, 0, "--resume");
        Assert.Equal(30, resumed.Events.OfType<FinishedEvent>().Single().Epochs);
    }
}

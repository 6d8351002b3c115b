using System.Diagnostics;
using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Tests.Checkpoints;
using Trainyard.Trainer.Tests.Datasets;

namespace Trainyard.Trainer.Tests.Training;

/// <summary>Failures that a user can act on end as an event with a class and a reason.</summary>
[Trait("Needs", "process")]
public sealed class FailureTests
{
    private const string FashionMnist = """
        {
          "data": { "dataset": "fashion-mnist" }, "model": { "kind": "mlp", "dense": [10] }, "training": { "epochs": 1 }
        }
        """;

    private const string Mnist = """
        {
          "data": { "dataset": "mnist" }, "model": { "kind": "mlp", "dense": [10] }, "training": { "epochs": 1 }
        }
        """;

    [Fact]
    public async Task Train_LossExplodes_FailsAsDivergedAfterItsFinding()
    {
        using var folder = new TemporaryFolder();
        await using var trainer = await TrainerProcess.RunAsync(folder, TestSpecs.Diverging, 1);
        var failed = Assert.IsType<FailedEvent>(trainer.Lines[^1].Event);
        Assert.Equal((FailureClass.Diverged, RunMessageCode.LossNotFinite), (failed.Class, failed.Code));
        Assert.Equal((failed.Step, failed.Epoch), (failed.Arguments["step"].GetInt64(), failed.Arguments["epoch"].GetInt32()));
        Assert.Contains($"step {failed.Step} in epoch {failed.Epoch}", failed.Message, StringComparison.Ordinal);
        Assert.Contains("last finite loss was", failed.Message, StringComparison.Ordinal);
        // The advice is the finding's.
        Assert.EndsWith("The learning rate was 100.", failed.Message, StringComparison.Ordinal);
        Assert.Equal(SuggestionCode.SmallerLearningRateAndClipping, Assert.IsType<FindingEvent>(trainer.Lines[^2].Event).Finding.Suggestion!.Code);
        Assert.Empty(trainer.Events.OfType<CheckpointEvent>());
    }

    [Fact]
    public async Task Train_DamagedFile_FailsAsInvalidDataAndNamesIt()
    {
        using var folder = new TemporaryFolder();
        var data = Directory.CreateDirectory(folder.File("datasets/fashion-mnist")).FullName;
        foreach (var file in Directory.GetFiles("/usr/share/datasets/fashion-mnist", "*.gz"))
        {
            File.Copy(file, Path.Combine(data, Path.GetFileName(file)));
        }

        var images = Path.Combine(data, "train-images-idx3-ubyte.gz");
        using (var stream = File.OpenWrite(images))
        {
            stream.SetLength(1_000_000);
        }

        await using var trainer = await TrainerProcess.RunAsync(folder, FashionMnist, 1, "--datasets", folder.File("datasets"));
        var failed = Assert.IsType<FailedEvent>(Assert.Single(trainer.Lines).Event);
        Assert.Equal((FailureClass.InvalidData, null, null), (failed.Class, failed.Epoch, failed.Step));
        Assert.Contains($"{images} is damaged: expected 47040000 values", failed.Message, StringComparison.Ordinal);
        Assert.Equal((RunMessageCode.FileDamaged, images, "47040000 values"), (failed.Code, failed.Arguments["path"].GetString(), failed.Arguments["expected"].GetString()));
    }

    [Fact]
    public async Task Train_DataMissingAndNoNetwork_FailsAsInvalidDataAndNamesFileAddressAndFolder()
    {
        using var folder = new TemporaryFolder();
        await using var trainer = await TrainerProcess.RunAsync(
            folder, Mnist, 1, "--datasets", folder.File("datasets"), "--mirror", "http://127.0.0.1:1/sets/");
        var failed = Assert.IsType<FailedEvent>(trainer.Lines[^1].Event);
        Assert.Equal((FailureClass.InvalidData, RunMessageCode.DownloadFailed), (failed.Class, failed.Code));
        Assert.Contains("http://127.0.0.1:1/sets/mnist/train-images-idx3-ubyte.gz", failed.Message, StringComparison.Ordinal);
        Assert.Contains(folder.File("datasets/mnist"), failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_MirrorInTheEnvironmentGivesSomethingElse_FailsByItsSum()
    {
        using var folder = new TemporaryFolder();
        await using var server = new FixtureServer();
        server.Files["/mnist/train-images-idx3-ubyte.gz"] = [1, 2, 3];
        var start = new ProcessStartInfo(
            TrainerProcess.Executable, ["train", "--spec", folder.Write("spec.json", Mnist), "--out", folder.File("run"), "--threads", "2"]);
        start.Environment["Datasets__Folder"] = folder.File("datasets");
        start.Environment["Datasets__Mirror"] = server.Address.AbsoluteUri;
        await using var trainer = TrainerProcess.Start(start);
        await trainer.ExpectExitAsync(1);
        Assert.Contains("Downloading train-images-idx3-ubyte.gz", Assert.IsType<NoticeEvent>(trainer.Lines[0].Event).Message, StringComparison.Ordinal);
        Assert.Contains("(not a gzip file) instead of ba891046", Assert.IsType<FailedEvent>(trainer.Lines[^1].Event).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WhileDataIsDownloaded_StopsAtOnceAndGoesOnWithTheDownloadLater()
    {
        using var folder = new TemporaryFolder();
        await using var server = new FixtureServer { Hold = new TaskCompletionSource() };
        server.Files["/mnist/train-images-idx3-ubyte.gz"] = new byte[1000];
        await using var trainer = TrainerProcess.Train(folder, Mnist, "--datasets", folder.File("datasets"), "--mirror", server.Address.AbsoluteUri);
        await trainer.NextAsync<NoticeEvent>(notice => notice.Message.StartsWith("Downloading", StringComparison.Ordinal));
        trainer.Send("stop");
        await trainer.ExpectExitAsync(10);
        Assert.Equal(("stop", 0), (Assert.IsType<StoppedEvent>(trainer.Lines[^1].Event).Request, Assert.IsType<StoppedEvent>(trainer.Lines[^1].Event).Step));
    }

    [Fact]
    public async Task Train_TimeLimitPassed_FailsAsTimeoutWithACheckpointThatALargerLimitContinues()
    {
        using var folder = new TemporaryFolder();
        static string Spec(string limit) =>
            TestSpecs.Shapes(epochs: 5000).Replace("\"evaluateTest\"", $"\"timeLimitSeconds\": {limit}, \"evaluateTest\"", StringComparison.Ordinal);
        await using var trainer = await TrainerProcess.RunAsync(folder, Spec("0.5"), 1);
        var failed = Assert.IsType<FailedEvent>(trainer.Lines[^1].Event);
        Assert.Equal((FailureClass.Timeout, RunMessageCode.TimeLimitExceeded, 0.5), (failed.Class, failed.Code, failed.Arguments["limitSeconds"].GetDouble()));
        Assert.Contains("0.5 s with", failed.Message, StringComparison.Ordinal);
        Assert.Contains(failed.Message, await trainer.ErrorsAsync(), StringComparison.Ordinal);
        var saved = Assert.IsType<CheckpointEvent>(trainer.Lines[^2].Event);
        Assert.Equal(failed.Step, saved.Step);

        await using var extended = await TrainerProcess.RunAsync(folder, Spec("4"), 1, "--resume");
        Assert.Equal(saved.Step, extended.Events.OfType<StartedEvent>().Single().ResumedFromStep);
        Assert.True(Assert.IsType<FailedEvent>(extended.Lines[^1].Event).Step > saved.Step);
        // The number of epochs is the same.
        Assert.Empty(extended.Events.OfType<NoticeEvent>());
    }

    [Fact]
    public async Task Train_CudaWithoutGpu_FailsAsUnsupported()
    {
        using var folder = new TemporaryFolder();
        var spec = TestSpecs.Xor.Replace("\"epochs\"", "\"device\": \"cuda\", \"epochs\"", StringComparison.Ordinal);
        var start = new ProcessStartInfo(TrainerProcess.Executable, ["train", "--spec", folder.Write("spec.json", spec), "--out", folder.File("run")]);
        start.Environment["CUDA_VISIBLE_DEVICES"] = "";  // also hides the GPU of a machine that has one
        await using var trainer = TrainerProcess.Start(start);
        await trainer.ExpectExitAsync(1);
        var failed = Assert.IsType<FailedEvent>(Assert.Single(trainer.Lines).Event);
        Assert.Equal((FailureClass.Unsupported, RunMessageCode.NoGpu), (failed.Class, failed.Code));
        Assert.Contains("\"device\": \"cpu\"", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_TheEnginesOwnOutOfMemory_IsOutOfMemory()
    {
        var exception = Assert.ThrowsAny<Exception>(() => zeros(1L << 50));
        Assert.Equal(FailureClass.OutOfMemory, RunFailureException.From(exception)?.Class);
        Assert.Null(RunFailureException.From(new InvalidOperationException("a defect")));
    }

    [Fact]
    public async Task Resume_DamagedCheckpointsOnly_StartsFromTheBeginningWithANotice()
    {
        using var folder = new TemporaryFolder();
        await using (await TrainerProcess.RunAsync(folder, TestSpecs.Xor, 0))
        {
            File.WriteAllText(CheckpointContent.Newest(folder), "damaged");
        }

        await using var resumed = await TrainerProcess.RunAsync(folder, TestSpecs.Xor, 0, "--resume");
        var notices = resumed.Events.OfType<NoticeEvent>().Select(notice => notice.Message).ToArray();
        Assert.Equal(2, notices.Length);
        Assert.Contains("damaged", notices[0], StringComparison.Ordinal);
        Assert.Contains("from the beginning", notices[1], StringComparison.Ordinal);
        Assert.Equal(0, resumed.Events.OfType<StartedEvent>().Single().ResumedFromStep);
    }

    [Fact]
    public async Task Resume_NewFolder_StartsWithoutANotice()
    {
        using var folder = new TemporaryFolder();
        await using var trainer = await TrainerProcess.RunAsync(folder, TestSpecs.Xor, 0, "--resume");
        Assert.Empty(trainer.Events.OfType<NoticeEvent>());
    }
}

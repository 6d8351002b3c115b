using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Xunit;

namespace Trainyard.Specs.Tests.Events;

public sealed class RunMessageTextTests
{
    private const string Detail = """{ "detail": "No space left on device." }""";
    private const string PathAndDetail = """{ "path": "/data/a.gz", "detail": "No space left on device." }""";

    // The documented arguments of each code, with values that make its text use all of them.
    private static readonly Dictionary<RunMessageCode, string> Documented = new()
    {
        [RunMessageCode.LossNotFinite] = """{ "value": "nan", "step": 7, "epoch": 2, "lastLoss": 1.25, "learningRate": 0.1, "decayFactor": null }""",
        [RunMessageCode.GradientNotFinite] = """{ "step": 7, "epoch": 2, "lastLoss": 1.25, "learningRate": 0.1, "decayFactor": null }""",
        [RunMessageCode.OptimizerStateNotFinite] = """{ "optimizer": "adam", "step": 7, "epoch": 2, "lastLoss": 1.25, "learningRate": 0.1, "decayFactor": null }""",
        [RunMessageCode.OutOfMemory] = Detail,
        [RunMessageCode.OomKilled] = "{}",
        [RunMessageCode.MemoryLimitExceeded] = """{ "usedBytes": 3221225472, "limitBytes": 2147483648 }""",
        [RunMessageCode.FileMissing] = """{ "path": "/data/a.gz" }""",
        [RunMessageCode.DatasetNotDownloaded] = """{ "dataset": "cifar10", "folder": "/data" }""",
        [RunMessageCode.FileDamaged] = """{ "path": "/data/a.gz", "expected": "8 bytes", "found": "7 bytes" }""",
        [RunMessageCode.FileUnreadable] = PathAndDetail,
        [RunMessageCode.FileNotWritable] = PathAndDetail,
        [RunMessageCode.DiskFull] = PathAndDetail,
        [RunMessageCode.StorageUnavailable] = Detail,
        [RunMessageCode.DatasetFolderNotWritable] = PathAndDetail,
        [RunMessageCode.RunFolderLocked] = """{ "path": "/runs/1", "seconds": 30 }""",
        [RunMessageCode.ArchiveNotExtracted] = """{ "path": "/data/a.tar.gz", "folder": "/data/a", "detail": "No space left on device." }""",
        [RunMessageCode.DownloadFailed] = """{ "file": "a.gz", "address": "http://host/a.gz", "folder": "/data", "detail": "404", "advice": "Or install it." }""",
        [RunMessageCode.TooFewSamples] = """{ "samples": 12, "train": 9, "validation": 3, "classes": 10 }""",
        [RunMessageCode.EngineNotLoaded] = Detail,
        [RunMessageCode.NoGpu] = """{ "engine": "TorchSharp-cpu 0.107" }""",
        [RunMessageCode.SpecRejected] = Detail,
        [RunMessageCode.TimeLimitExceeded] = """{ "limitSeconds": 60.5, "epochsDone": 3, "epochs": 5 }""",
        [RunMessageCode.TrainerNotStarted] = PathAndDetail,
        [RunMessageCode.TrainerCrashed] = """{ "exitCode": 139, "signal": 11, "detail": "Segmentation fault." }""",
        [RunMessageCode.LabTimeLimitExceeded] = """{ "limitSeconds": 60 }""",
        [RunMessageCode.TrainerUnresponsive] = """{ "seconds": 300 }""",
        [RunMessageCode.TrainerProtocolError] = Detail,
        [RunMessageCode.EventsNotStored] = Detail,
        [RunMessageCode.WorkerFailed] = Detail,
        [RunMessageCode.WorkerLost] = """{ "worker": "host-1", "reason": "lease" }""",
        [RunMessageCode.LeaseExpired] = """{ "worker": "host-1" }""",
        [RunMessageCode.NoWorkerConnected] = """{ "queue": "cpu" }""",
        [RunMessageCode.PausedByUser] = "{}",
        [RunMessageCode.ResumedByUser] = "{}",
        [RunMessageCode.RetriedByUser] = "{}",
        [RunMessageCode.CancelledByUser] = "{}",
        [RunMessageCode.PausedByStudy] = "{}",
        [RunMessageCode.ResumedByStudy] = "{}",
        [RunMessageCode.CancelledByStudy] = "{}",
        [RunMessageCode.TestRequested] = "{}",
        [RunMessageCode.ExtendedByUser] = """{ "from": 3, "to": 6, "limitFrom": 60, "limitTo": 120 }""",
        [RunMessageCode.AttemptResumed] = """{ "attempt": 2, "step": 7 }""",
        [RunMessageCode.AttemptRestarted] = """{ "attempt": 2 }""",
        [RunMessageCode.KilledAfterCancel] = "{}",
        [RunMessageCode.WorkerShutDown] = """{ "checkpoint": "written" }""",
        [RunMessageCode.TrainerStopped] = "{}",
        [RunMessageCode.CheckpointsRemoved] = """{ "count": 2 }""",
        [RunMessageCode.NoKnownCheckpoint] = "{}",
        [RunMessageCode.EnvironmentChanged] = """{ "threadsThen": 2, "engineThen": "a", "threads": 4, "engine": "b" }""",
        [RunMessageCode.TrainingExtended] = """{ "epochs": 6, "afterEpoch": 3 }""",
        [RunMessageCode.WeightsLoaded] = """{ "step": 7, "path": "/runs/1/a.safetensors" }""",
        [RunMessageCode.SlowBfloat16] = "{}",
        [RunMessageCode.StoppedEarly] = """{ "metric": "validation_loss", "best": 0.25, "epochs": 3 }""",
        [RunMessageCode.BestWeightsRestored] = """{ "metric": "validation_accuracy", "best": 0.9, "epoch": 4, "epochs": 7 }""",
        [RunMessageCode.CheckpointGap] = """{ "knownStep": 5, "step": 20 }""",
        [RunMessageCode.CheckpointDamaged] = """{ "file": "step-2", "detail": "wrong checksum" }""",
        [RunMessageCode.DownloadWaiting] = """{ "path": "/data/a.gz" }""",
        [RunMessageCode.DownloadStarted] = """{ "file": "a.gz", "address": "http://host/a.gz", "bytes": 1 }""",
        [RunMessageCode.DownloadProgress] = """{ "file": "a.gz", "bytes": 1500000, "totalBytes": 3000000 }""",
        [RunMessageCode.DownloadFinished] = """{ "file": "a.gz", "folder": "/data" }""",
    };

    public static TheoryData<RunMessageCode> Codes => [.. Enum.GetValues<RunMessageCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void From_DocumentedArguments_UsesEachOfThem(RunMessageCode code)
    {
        var arguments = Parse(Documented[code]);

        Assert.Matches("^[A-Z0-9/a].*[.)]$", RunMessageText.From(code, arguments));
        Assert.All(arguments.Keys, missing => Assert.Throws<KeyNotFoundException>(
            () => RunMessageText.From(code, arguments.Where(argument => argument.Key != missing).ToDictionary(StringComparer.Ordinal))));
    }

    [Theory]
    [InlineData(
        RunMessageCode.LossNotFinite, """{ "value": "nan", "step": 7, "epoch": 2, "lastLoss": 1.25, "learningRate": 0.1, "decayFactor": null }""",
        "The loss became NaN at step 7 in epoch 2; the last finite loss was 1.25. The learning rate was 0.1.")]
    [InlineData(
        RunMessageCode.LossNotFinite, """{ "value": "infinite", "step": 1, "epoch": 1, "lastLoss": null, "learningRate": 0.1, "decayFactor": null }""",
        "The loss became infinite at step 1 in epoch 1; no earlier loss was finite. The initial weights already overflow.")]
    [InlineData(
        RunMessageCode.TrainerCrashed, """{ "exitCode": 139, "signal": 11, "detail": "Segmentation fault", "failure": 1, "maximum": 3 }""",
        "The trainer exited unexpectedly with exit code 139 (signal 11). Last output: Segmentation fault. Failed attempt 1 of at most 3.")]
    [InlineData(RunMessageCode.TrainerCrashed, """{ "exitCode": 1, "signal": null, "detail": null }""", "The trainer exited unexpectedly with exit code 1.")]
    [InlineData(
        RunMessageCode.WorkerLost, """{ "worker": "host-1", "reason": "lease", "failure": 3, "maximum": 3 }""",
        "Worker host-1 did not renew its lease in time. Failed attempt 3 of at most 3.")]
    [InlineData(RunMessageCode.WorkerShutDown, """{ "checkpoint": "none" }""", "The worker shut down.")]
    [InlineData(
        RunMessageCode.StoppedEarly, """{ "metric": "validation_loss", "best": 0.25, "epochs": 1 }""",
        "Early stopping: the validation loss has not improved on 0.25 for 1 epoch.")]
    [InlineData(
        RunMessageCode.TimeLimitExceeded, """{ "limitSeconds": 0.5, "epochsDone": 3, "epochs": 5 }""",
        "Training reached its time limit of 0.5 s with 3 of 5 epochs completed. Extend the run with a larger limit to continue from its checkpoint, or train fewer epochs or a smaller network.")]
    [InlineData(
        RunMessageCode.LossNotFinite, """{ "value": "nan", "step": 7, "epoch": 2, "lastLoss": 1.25, "learningRate": 0.1, "decayFactor": -2 }""",
        "The loss became NaN at step 7 in epoch 2; the last finite loss was 1.25. Weight decay alone multiplies the weights by -2 in each update.")]
    [InlineData(RunMessageCode.ExtendedByUser, """{ "from": 3, "to": 6, "limitFrom": 60, "limitTo": 60 }""", "Extended by a user from 3 to 6 epochs.")]
    [InlineData(RunMessageCode.ExtendedByUser, """{ "from": 3, "to": 6, "limitFrom": null, "limitTo": null }""", "Extended by a user from 3 to 6 epochs.")]
    [InlineData(RunMessageCode.ExtendedByUser, """{ "from": 3, "to": 3, "limitFrom": 12, "limitTo": 60 }""", "Extended by a user to a time limit of 60 s.")]
    [InlineData(
        RunMessageCode.ExtendedByUser, """{ "from": 3, "to": 6, "limitFrom": 12, "limitTo": 60 }""", "Extended by a user from 3 to 6 epochs and to a time limit of 60 s.")]
    [InlineData(RunMessageCode.DownloadStarted, """{ "file": "a.gz", "address": "http://host/a.gz", "bytes": 0 }""", "Downloading a.gz from http://host/a.gz.")]
    [InlineData(
        RunMessageCode.DownloadProgress, """{ "file": "a.gz", "bytes": 1500000, "totalBytes": 3000000 }""", "a.gz: 1.5 MB of 3.0 MB (50%).")]
    [InlineData(RunMessageCode.DownloadProgress, """{ "file": "a.gz", "bytes": 1500000, "totalBytes": null }""", "a.gz: 1.5 MB.")]
    public void From_CodeAndArguments_IsThisText(RunMessageCode code, string arguments, string expected) =>
        Assert.Equal(expected, RunMessageText.From(code, Parse(arguments)));

    private static Dictionary<string, JsonElement> Parse(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json, SpecJson.Options)!;
}

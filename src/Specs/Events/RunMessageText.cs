using System.Globalization;
using System.Text.Json;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Events;

/// <summary>The English text of run messages.</summary>
public static class RunMessageText
{
    /// <summary>One or more sentences: what happened, and what to do about it.</summary>
    /// <param name="code">The message.</param>
    /// <param name="arguments">Its arguments, as documented with the code.</param>
    /// <exception cref="KeyNotFoundException">An argument is missing.</exception>
    public static string From(RunMessageCode code, IReadOnlyDictionary<string, JsonElement> arguments)
    {
        var about = new MessageArgumentReader(arguments);
        var text = Sentence(code, about);
        // A transient failure is counted, whatever its code. The detail of an exception may end without a period.
        return about.Has("failure") ? $"{text.TrimEnd().TrimEnd('.')}. Failed attempt {about["failure"]} of at most {about["maximum"]}." : text;
    }

    private static string Sentence(RunMessageCode code, MessageArgumentReader about) => code switch
    {
        RunMessageCode.LossNotFinite => NotFinite(about, $"The loss became {(about["value"] == "nan" ? "NaN" : "infinite")}"),
        RunMessageCode.GradientNotFinite => NotFinite(about, "The gradient has values that are NaN or infinite, which clipping cannot bound,"),
        RunMessageCode.OptimizerStateNotFinite => NotFinite(
            about, $"The gradient is so large that the state of {about["optimizer"]} is infinite in float32, so that weights are no longer updated,"),
        RunMessageCode.OutOfMemory => $"Out of memory. Use a smaller batchSize or a smaller network. ({about["detail"]})",
        RunMessageCode.OomKilled => "The trainer was killed while the system's out-of-memory killer was active. Use a smaller batchSize or a smaller network.",
        RunMessageCode.MemoryLimitExceeded =>
            $"The trainer used {Gibibytes(about.Number("usedBytes"))} of memory, more than the {Gibibytes(about.Number("limitBytes"))} that its worker allows. "
            + "Use a smaller batchSize or a smaller network, or raise Trainer__MemoryMegabytes.",
        RunMessageCode.FileMissing => $"{about["path"]} is missing. Copy it there, or remove the folder to download the dataset again.",
        RunMessageCode.DatasetNotDownloaded =>
            $"The dataset {about["dataset"]} is not on this machine yet. The first run with it downloads it to {about["folder"]}; or copy its files there.",
        RunMessageCode.FileDamaged => $"{about["path"]} is damaged: expected {about["expected"]}, found {about["found"]}. Replace the file.",
        RunMessageCode.FileUnreadable => $"{about["path"]} cannot be read: {about["detail"]}",
        RunMessageCode.FileNotWritable => $"{about["path"]} cannot be written: {about["detail"]}",
        RunMessageCode.DiskFull => $"The disk is full: {about["path"]} cannot be written ({about["detail"]}). The run continues when there is space.",
        RunMessageCode.StorageUnavailable => $"The run waits until its worker can use the data folder. {about["detail"]}",
        RunMessageCode.DatasetFolderNotWritable =>
            $"{about["path"]} cannot be written: {about["detail"]} Choose another folder with --datasets or Datasets__Folder.",
        RunMessageCode.RunFolderLocked =>
            $"{about["path"]} is still locked by the trainer of an earlier attempt after {about["seconds"]} s. The run continues when that trainer has ended.",
        RunMessageCode.ArchiveNotExtracted => $"{about["path"]} cannot be extracted to {about["folder"]}: {about["detail"]}",
        RunMessageCode.DownloadFailed =>
            $"{about["file"]} is not on this machine and could not be downloaded: {about["detail"]}. Download {about["address"]} on a machine with a network "
            + $"connection and copy it to {about["folder"]}, or set a mirror with --mirror or Datasets__Mirror.{(about.IsNull("advice") ? "" : $" {about["advice"]}")}",
        RunMessageCode.TooFewSamples =>
            $"{about["samples"]} samples leave {about["train"]} for training and {about["validation"]} for validation; each split needs at least "
            + $"{about["classes"]}, one per class. Hold out fewer samples, or provide more.",
        RunMessageCode.EngineNotLoaded => $"The tensor engine cannot be loaded: {about["detail"]}",
        RunMessageCode.NoGpu =>
            $"The spec requires a CUDA GPU, but {about["engine"]} finds none on this machine. Write \"device\": \"cpu\", or use a machine with an NVIDIA GPU "
            + "and a CUDA build of the engine.",
        RunMessageCode.SpecRejected => $"The trainer rejected the spec or its arguments.{LastOutput(about)}",
        RunMessageCode.TimeLimitExceeded =>
            $"Training reached its time limit of {about.Brief("limitSeconds", 6)} s with {about["epochsDone"]} of {about["epochs"]} epochs completed. "
            + "Extend the run with a larger limit to continue from its checkpoint, or train fewer epochs or a smaller network.",
        RunMessageCode.LabTimeLimitExceeded =>
            $"The lab did not answer within its time limit of {about.Brief("limitSeconds", 6)} s. Ask for fewer steps or a smaller input.",
        RunMessageCode.TrainerNotStarted => $"The trainer {about["path"]} cannot be started: {about["detail"]}",
        RunMessageCode.TrainerCrashed =>
            $"The trainer exited unexpectedly with exit code {about["exitCode"]}{(about.IsNull("signal") ? "" : $" (signal {about["signal"]})")}.{LastOutput(about)}",
        RunMessageCode.TrainerUnresponsive => $"The trainer wrote no event for {about["seconds"]} s and was killed.",
        RunMessageCode.TrainerProtocolError => $"The trainer wrote invalid output: {about["detail"]}",
        RunMessageCode.EventsNotStored => $"The events of the run could not be stored: {about["detail"]}",
        RunMessageCode.WorkerFailed => $"The worker failed: {about["detail"]}",
        RunMessageCode.WorkerLost => about["reason"] == "lease"
            ? $"Worker {about["worker"]} did not renew its lease in time."
            : $"Worker {about["worker"]} is no longer running.",
        RunMessageCode.LeaseExpired =>
            $"Worker {about["worker"]} could not renew its lease in time: the database was unavailable, or the worker was suspended.",
        RunMessageCode.NoWorkerConnected => about["queue"] == "cuda"
            ? "The run waits for a worker with CUDA; none is connected. Start one with Worker__Queues=cuda on a machine with an NVIDIA GPU, or submit the spec with \"device\": \"cpu\"."
            : $"The run waits for a worker of queue {about["queue"]}; none is connected.",

        RunMessageCode.PausedByUser => "Paused by a user.",
        RunMessageCode.ResumedByUser => "Resumed by a user.",
        RunMessageCode.RetriedByUser => "Retried by a user.",
        RunMessageCode.CancelledByUser => "Cancelled by a user.",
        RunMessageCode.PausedByStudy => "Paused by its study.",
        RunMessageCode.ResumedByStudy => "Resumed by its study.",
        RunMessageCode.CancelledByStudy => "Ended by its study.",
        RunMessageCode.TestRequested => "The test set is evaluated.",
        RunMessageCode.ExtendedByUser => Extended(about),
        RunMessageCode.AttemptResumed => $"Attempt {about["attempt"]} resumes from the checkpoint at step {about["step"]}.",
        RunMessageCode.AttemptRestarted => $"Attempt {about["attempt"]} starts from the beginning: there is no checkpoint.",
        RunMessageCode.KilledAfterCancel => "The trainer did not stop in time after the cancellation and was killed.",
        RunMessageCode.WorkerShutDown => $"The worker shut down. {Checkpoint(about["checkpoint"])}".TrimEnd(),
        RunMessageCode.TrainerStopped => "The trainer was stopped from outside the service; it wrote a checkpoint.",

        RunMessageCode.CheckpointsRemoved => $"The run starts from the beginning; {about["count"]} checkpoints of an earlier attempt were removed.",
        RunMessageCode.NoKnownCheckpoint => "No intact checkpoint of an earlier attempt is known; the run starts from the beginning.",
        RunMessageCode.EnvironmentChanged =>
            $"The checkpoint was written by {about["engineThen"]} with {about["threadsThen"]} threads; the run continues with {about["engine"]} and "
            + $"{about["threads"]} threads, so the last digits of its numbers may differ from those of an uninterrupted run.",
        RunMessageCode.TrainingExtended =>
            $"The run was extended to {about["epochs"]} epochs; it continues after epoch {about["afterEpoch"]}, and the learning-rate schedule covers the new length.",
        RunMessageCode.WeightsLoaded => $"The initial weights are those of the checkpoint at step {about["step"]} in {about["path"]}.",
        RunMessageCode.SlowBfloat16 => "This processor has no bfloat16 instructions (AMX or AVX-512), so bfloat16 is slower here than float32.",
        RunMessageCode.StoppedEarly =>
            $"Early stopping: the {Metric(about)} has not improved on {about.Brief("best", 5)} for {about["epochs"]} epoch{(about["epochs"] == "1" ? "" : "s")}.",
        RunMessageCode.BestWeightsRestored =>
            $"The run ends with the weights of epoch {about["epoch"]} of {about["epochs"]}, the best by {Metric(about)} ({about.Brief("best", 5)}).",
        RunMessageCode.CheckpointGap =>
            $"No checkpoint up to step {about["knownStep"]} is left, so the run continues from step {about["step"]}; the steps between were not recorded.",
        RunMessageCode.CheckpointDamaged => $"Checkpoint {about["file"]} is damaged ({about["detail"]}); an earlier one is used.",
        RunMessageCode.DownloadWaiting => $"Another process is downloading {about["path"]}; waiting for it.",
        RunMessageCode.DownloadStarted => about.Number("bytes") > 0
            ? $"Continuing the download of {about["file"]} from {about["address"]} after {Megabytes(about.Number("bytes"))}."
            : $"Downloading {about["file"]} from {about["address"]}.",
        RunMessageCode.DownloadProgress => $"{about["file"]}: {Megabytes(about.Number("bytes"))}{Total(about)}.",
        RunMessageCode.DownloadFinished => $"{about["file"]} is in {about["folder"]}.",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "The code has no text."),
    };

    private static string NotFinite(MessageArgumentReader about, string what)
    {
        var isFirst = about.IsNull("lastLoss");
        var before = isFirst ? "no earlier loss was finite" : $"the last finite loss was {about.Brief("lastLoss", 5)}";
        // What to change is suggested by the finding "diverged" alone.
        var cause = !about.IsNull("decayFactor") ? $"Weight decay alone multiplies the weights by {about.Brief("decayFactor", 3)} in each update."
            : isFirst && about.Number("step") <= 1 ? "The initial weights already overflow."
            : $"The learning rate was {about.Brief("learningRate", 5)}.";
        return $"{what} at step {about["step"]} in epoch {about["epoch"]}; {before}. {cause}";
    }

    private static string Extended(MessageArgumentReader about)
    {
        var epochs = about["from"] == about["to"] ? null : $"from {about["from"]} to {about["to"]} epochs";
        var limit = about.IsNull("limitTo") || about["limitFrom"] == about["limitTo"] ? null : $"to a time limit of {about.Brief("limitTo", 6)} s";
        return $"Extended by a user {string.Join(" and ", new[] { epochs, limit }.OfType<string>())}.";
    }

    private static string Checkpoint(string checkpoint) => checkpoint switch
    {
        "written" => "The trainer wrote a checkpoint.",
        "killed" => "The trainer did not stop in time and was killed.",
        _ => "",
    };

    private static string LastOutput(MessageArgumentReader about) => about.IsNull("detail") ? "" : $" Last output: {about["detail"]}";

    private static string Metric(MessageArgumentReader about) => about["metric"].Replace('_', ' ');

    private static string Total(MessageArgumentReader about) => about.IsNull("totalBytes")
        ? ""
        : string.Create(
            CultureInfo.InvariantCulture, $" of {Megabytes(about.Number("totalBytes"))} ({about.Number("bytes") / about.Number("totalBytes"):0%})");

    private static string Gibibytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1L << 30):0.##} GiB");

    private static string Megabytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB");
}

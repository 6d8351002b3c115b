namespace Trainyard.Specs.Events;

/// <summary>
/// Messages about a run: failures, changes of state, notices. Each has the arguments named here; <c>detail</c> is the English text of an exception or a
/// process. A transient failure also has <c>failure</c> and <c>maximum</c>: how many attempts failed, and how many may.
/// </summary>
public enum RunMessageCode
{
    /// <summary>
    /// The loss became NaN or infinite. Arguments: <c>value</c>, <c>step</c>, <c>epoch</c>, <c>lastLoss</c> (may be null), <c>learningRate</c>,
    /// <c>decayFactor</c> (of weight decay on the weights per update, when that alone makes them grow; else null).
    /// </summary>
    LossNotFinite,

    /// <summary>
    /// The gradient has values that are NaN or infinite, so it cannot be clipped. Arguments as of <see cref="LossNotFinite"/>, without <c>value</c>.
    /// </summary>
    GradientNotFinite,

    /// <summary>
    /// The optimizer's state became NaN or infinite, so that weights can no longer be updated. Arguments as of <see cref="LossNotFinite"/>, without
    /// <c>value</c>, and with <c>optimizer</c>.
    /// </summary>
    OptimizerStateNotFinite,

    /// <summary>An allocation failed. Argument: <c>detail</c>.</summary>
    OutOfMemory,

    /// <summary>The system's out-of-memory killer ended the trainer.</summary>
    OomKilled,

    /// <summary>The trainer used more memory than its worker allows, and was killed. Arguments: <c>usedBytes</c>, <c>limitBytes</c>.</summary>
    MemoryLimitExceeded,

    /// <summary>A file of a dataset is missing. Argument: <c>path</c>.</summary>
    FileMissing,

    /// <summary>A dataset is in no folder yet. Arguments: <c>dataset</c>, <c>folder</c> (where it is downloaded to).</summary>
    DatasetNotDownloaded,

    /// <summary>A file of a dataset is damaged. Arguments: <c>path</c>, <c>expected</c>, <c>found</c>.</summary>
    FileDamaged,

    /// <summary>A file of a dataset cannot be read. Arguments: <c>path</c>, <c>detail</c>.</summary>
    FileUnreadable,

    /// <summary>A file or folder of a run cannot be written. Arguments: <c>path</c>, <c>detail</c>.</summary>
    FileNotWritable,

    /// <summary>The disk is full. Arguments: <c>path</c>, <c>detail</c>.</summary>
    DiskFull,

    /// <summary>The worker's data folder cannot be used; its runs wait until it can. Argument: <c>detail</c>.</summary>
    StorageUnavailable,

    /// <summary>A dataset cannot be stored. Arguments: <c>path</c>, <c>detail</c>.</summary>
    DatasetFolderNotWritable,

    /// <summary>Another trainer still holds the run's folder. Arguments: <c>path</c>, <c>seconds</c> waited.</summary>
    RunFolderLocked,

    /// <summary>The archive of a dataset cannot be extracted. Arguments: <c>path</c>, <c>folder</c>, <c>detail</c>.</summary>
    ArchiveNotExtracted,

    /// <summary>A file of a dataset could not be downloaded. Arguments: <c>file</c>, <c>address</c>, <c>folder</c>, <c>detail</c>, <c>advice</c> (may be null).</summary>
    DownloadFailed,

    /// <summary>A split has too few samples. Arguments: <c>samples</c>, <c>train</c>, <c>validation</c>, <c>classes</c>.</summary>
    TooFewSamples,

    /// <summary>The tensor engine cannot be loaded. Argument: <c>detail</c>.</summary>
    EngineNotLoaded,

    /// <summary>The spec requires a GPU and there is none. Argument: <c>engine</c>.</summary>
    NoGpu,

    /// <summary>The trainer rejected the spec or its arguments. Argument: <c>detail</c> (may be null).</summary>
    SpecRejected,

    /// <summary>Training exceeded the spec's time limit. Arguments: <c>limitSeconds</c>, <c>epochsDone</c>, <c>epochs</c>.</summary>
    TimeLimitExceeded,

    /// <summary>A lab did not answer within its time limit. Argument: <c>limitSeconds</c>.</summary>
    LabTimeLimitExceeded,

    /// <summary>The trainer process cannot be started; transient. Arguments: <c>path</c>, <c>detail</c>.</summary>
    TrainerNotStarted,

    /// <summary>The trainer exited without reporting a failure; transient. Arguments: <c>exitCode</c>, <c>signal</c> and <c>detail</c> (may be null).</summary>
    TrainerCrashed,

    /// <summary>The trainer wrote no event for too long; transient. Argument: <c>seconds</c>.</summary>
    TrainerUnresponsive,

    /// <summary>The trainer wrote invalid output; transient. Argument: <c>detail</c>.</summary>
    TrainerProtocolError,

    /// <summary>The events of the run could not be stored; transient. Argument: <c>detail</c>.</summary>
    EventsNotStored,

    /// <summary>The worker failed; transient. Argument: <c>detail</c>.</summary>
    WorkerFailed,

    /// <summary>The worker is gone; transient. Arguments: <c>worker</c>, <c>reason</c>: <c>lease</c> when its lease expired.</summary>
    WorkerLost,

    /// <summary>The worker could not renew its lease in time. Argument: <c>worker</c>.</summary>
    LeaseExpired,

    /// <summary>A queued run waits: no worker that is connected trains on its device. Argument: <c>queue</c>: <c>cpu</c> or <c>cuda</c>.</summary>
    NoWorkerConnected,

    /// <summary>A user paused the run.</summary>
    PausedByUser,

    /// <summary>A user resumed the run.</summary>
    ResumedByUser,

    /// <summary>A user retried the run.</summary>
    RetriedByUser,

    /// <summary>A user cancelled the run.</summary>
    CancelledByUser,

    /// <summary>The study paused the run: it is paused itself, or other trials are better so far.</summary>
    PausedByStudy,

    /// <summary>The study resumed the run: it was resumed itself, or its trial is one of the best.</summary>
    ResumedByStudy,

    /// <summary>The study ended the run: its curve is worse than those of other trials, a budget is used up, or the study was cancelled.</summary>
    CancelledByStudy,

    /// <summary>The test set is evaluated for the chosen trial of a study.</summary>
    TestRequested,

    /// <summary>
    /// A user added epochs or raised the time limit. Arguments: epochs <c>from</c> and <c>to</c>, and in seconds <c>limitFrom</c> and <c>limitTo</c> (may be
    /// null); equal ones are unchanged.
    /// </summary>
    ExtendedByUser,

    /// <summary>The attempt resumes from a checkpoint. Arguments: <c>attempt</c>, <c>step</c>.</summary>
    AttemptResumed,

    /// <summary>The attempt starts from the beginning: there is no checkpoint. Argument: <c>attempt</c>.</summary>
    AttemptRestarted,

    /// <summary>The trainer did not stop in time after a cancellation.</summary>
    KilledAfterCancel,

    /// <summary>The worker shut down. Argument: <c>checkpoint</c>: <c>written</c>, <c>killed</c> (the trainer was) or <c>none</c>.</summary>
    WorkerShutDown,

    /// <summary>The trainer was stopped from outside the service.</summary>
    TrainerStopped,

    /// <summary>The run starts from the beginning, and checkpoints of an earlier attempt were removed. Argument: <c>count</c>.</summary>
    CheckpointsRemoved,

    /// <summary>No intact checkpoint of an earlier attempt is known.</summary>
    NoKnownCheckpoint,

    /// <summary>The checkpoint is of another engine or number of threads. Arguments: <c>threadsThen</c>, <c>engineThen</c>, <c>threads</c>, <c>engine</c>.</summary>
    EnvironmentChanged,

    /// <summary>The run has more epochs than its checkpoint. Arguments: <c>epochs</c>, <c>afterEpoch</c>.</summary>
    TrainingExtended,

    /// <summary>The initial weights are those of a checkpoint. Arguments: <c>step</c>, <c>path</c>.</summary>
    WeightsLoaded,

    /// <summary>Bfloat16 is slower than float32 on this processor.</summary>
    SlowBfloat16,

    /// <summary>Early stopping. Arguments: <c>metric</c>, <c>best</c> (may be null), <c>epochs</c> without improvement.</summary>
    StoppedEarly,

    /// <summary>The run ends with the weights of its best epoch. Arguments: <c>metric</c>, <c>best</c>, <c>epoch</c>, <c>epochs</c> trained.</summary>
    BestWeightsRestored,

    /// <summary>Only a checkpoint later than the known one is left. Arguments: <c>knownStep</c>, <c>step</c>.</summary>
    CheckpointGap,

    /// <summary>A checkpoint is damaged, and an earlier one is used. Arguments: <c>file</c>, <c>detail</c>.</summary>
    CheckpointDamaged,

    /// <summary>Another process is downloading the file. Argument: <c>path</c>.</summary>
    DownloadWaiting,

    /// <summary>A download starts. Arguments: <c>file</c>, <c>address</c>, <c>bytes</c> already present.</summary>
    DownloadStarted,

    /// <summary>A download continues. Arguments: <c>file</c>, <c>bytes</c>, <c>totalBytes</c> (may be null).</summary>
    DownloadProgress,

    /// <summary>A file was downloaded. Arguments: <c>file</c>, <c>folder</c>.</summary>
    DownloadFinished,
}

namespace Trainyard.Specs.Events;

/// <summary>
/// What the story of a run says (failures, changes of state, notices), for pages that say it in words of their own. A <c>detail</c> is a free English text.
/// </summary>
public enum RunMessageCode
{
    /// <summary>The loss became NaN or infinite. Arguments: <c>value</c>, <c>step</c>, <c>epoch</c>, <c>lastLoss</c> (may be null), <c>learningRate</c>.</summary>
    LossNotFinite,

    /// <summary>Memory ran out. Argument: <c>detail</c>.</summary>
    MemoryRanOut,

    /// <summary>The system's out-of-memory killer ended the trainer.</summary>
    KilledForMemory,

    /// <summary>A file of a dataset is missing. Argument: <c>path</c>.</summary>
    FileMissing,

    /// <summary>A file of a dataset is damaged. Arguments: <c>path</c>, <c>expected</c>, <c>found</c>.</summary>
    FileDamaged,

    /// <summary>A file of a dataset cannot be read. Arguments: <c>path</c>, <c>detail</c>.</summary>
    FileUnreadable,

    /// <summary>A file of a dataset could not be downloaded. Arguments: <c>file</c>, <c>address</c>, <c>folder</c>, <c>detail</c>, <c>advice</c> (may be null).</summary>
    DownloadFailed,

    /// <summary>The files leave too few samples on a side of the split. Arguments: <c>samples</c>, <c>train</c>, <c>validation</c>, <c>classes</c>.</summary>
    TooFewSamples,

    /// <summary>The tensor engine cannot be loaded. Argument: <c>detail</c>.</summary>
    EngineNotLoaded,

    /// <summary>The spec asks for a GPU and there is none. Argument: <c>engine</c>.</summary>
    NoGpu,

    /// <summary>The trainer refused the spec or its arguments. Argument: <c>detail</c> (may be null).</summary>
    SpecRefused,

    /// <summary>The archive of a dataset cannot be unpacked. Arguments: <c>path</c>, <c>folder</c>, <c>detail</c>.</summary>
    ArchiveNotUnpacked,

    /// <summary>A file or folder cannot be written. Arguments: <c>path</c>, <c>detail</c>.</summary>
    FileNotWritten,

    /// <summary>The spec's time limit passed. Arguments: <c>limitSeconds</c>, <c>epochsDone</c>, <c>epochs</c>.</summary>
    TimeLimit,

    /// <summary>The trainer cannot be started. Arguments: <c>path</c>, <c>detail</c>, and those of every transient failure: <c>failure</c> of at most <c>maximum</c>.</summary>
    TrainerNotStarted,

    /// <summary>The trainer ended without a word. Arguments: <c>exitCode</c>, <c>signal</c> and <c>detail</c> (may be null), <c>failure</c>, <c>maximum</c>.</summary>
    TrainerCrashed,

    /// <summary>The trainer wrote nothing for too long. Arguments: <c>seconds</c>, <c>failure</c>, <c>maximum</c>.</summary>
    TrainerSilent,

    /// <summary>The trainer wrote what nobody understands. Arguments: <c>detail</c>, <c>failure</c>, <c>maximum</c>.</summary>
    TrainerProtocol,

    /// <summary>The events of the run could not be stored. Arguments: <c>detail</c>, <c>failure</c>, <c>maximum</c>.</summary>
    EventsNotStored,

    /// <summary>The worker met an error of its own. Arguments: <c>detail</c>, <c>failure</c>, <c>maximum</c>.</summary>
    WorkerFailed,

    /// <summary>The worker is dead, or was not heard of for the length of its lease. Arguments: <c>worker</c>, <c>reason</c>: <c>lease</c> or <c>connection</c>, <c>failure</c>, <c>maximum</c>.</summary>
    WorkerLost,

    /// <summary>A person paused the run.</summary>
    PausedByPerson,

    /// <summary>A person resumed the run.</summary>
    ResumedByPerson,

    /// <summary>A person tried the run again.</summary>
    RetriedByPerson,

    /// <summary>A person gave the run up.</summary>
    CancelledByPerson,

    /// <summary>A person gave the run more epochs. Arguments: <c>from</c>, <c>to</c>.</summary>
    ExtendedByPerson,

    /// <summary>The attempt continues from a checkpoint. Arguments: <c>attempt</c>, <c>step</c>.</summary>
    Continues,

    /// <summary>The attempt starts from the beginning: there is no checkpoint. Argument: <c>attempt</c>.</summary>
    StartsAgain,

    /// <summary>The trainer did not stop in time when the run was given up.</summary>
    KilledAfterCancel,

    /// <summary>The worker shut down. Argument: <c>checkpoint</c>: <c>written</c>, <c>killed</c> (the trainer was) or <c>none</c>.</summary>
    WorkerShutDown,

    /// <summary>Somebody else stopped the trainer.</summary>
    TrainerStopped,

    /// <summary>The run starts from the beginning and checkpoints of an earlier attempt went. Argument: <c>count</c>.</summary>
    CheckpointsRemoved,

    /// <summary>An earlier attempt left no intact checkpoint that is known of.</summary>
    NoKnownCheckpoint,

    /// <summary>The checkpoint is of another engine or number of threads. Arguments: <c>threadsThen</c>, <c>engineThen</c>, <c>threads</c>, <c>engine</c>.</summary>
    OtherMachine,

    /// <summary>The run has more epochs than its checkpoint knew. Arguments: <c>epochs</c>, <c>afterEpoch</c>.</summary>
    Extended,

    /// <summary>The first weights are those of a checkpoint. Arguments: <c>step</c>, <c>path</c>.</summary>
    WeightsTaken,

    /// <summary>Bfloat16 is slower than float32 on this processor.</summary>
    SlowBfloat16,

    /// <summary>Early stopping. Arguments: <c>metric</c>, <c>best</c> (may be null), <c>epochs</c> without improvement.</summary>
    StoppedEarly,

    /// <summary>The run ends with the weights of its best epoch. Arguments: <c>metric</c>, <c>best</c>, <c>epoch</c>, <c>epochs</c> trained.</summary>
    BestRestored,

    /// <summary>Only a checkpoint later than the known one is left. Arguments: <c>knownStep</c>, <c>step</c>.</summary>
    CheckpointGap,

    /// <summary>A checkpoint is damaged, and an earlier one is used. Arguments: <c>file</c>, <c>detail</c>.</summary>
    CheckpointDamaged,

    /// <summary>Another process is downloading the file. Argument: <c>path</c>.</summary>
    DownloadWaits,

    /// <summary>A download begins. Arguments: <c>file</c>, <c>address</c>, <c>bytes</c> that are there already.</summary>
    DownloadBegins,

    /// <summary>A download goes on. Arguments: <c>file</c>, <c>bytes</c>, <c>totalBytes</c> (may be null).</summary>
    DownloadGoesOn,

    /// <summary>A file was downloaded. Arguments: <c>file</c>, <c>folder</c>.</summary>
    DownloadDone,
}

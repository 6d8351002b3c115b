using System.Text.Json;
using System.Text.Json.Serialization;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Json;
using Trainyard.Specs.Planning;

namespace Trainyard.Specs.Events;

/// <summary>
/// An event of a run. The trainer emits all kinds but <c>state</c>, which the service adds. Numbers that are not finite are null.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(StateEvent), "state")]
[JsonDerivedType(typeof(StartedEvent), "started")]
[JsonDerivedType(typeof(ProgressEvent), "progress")]
[JsonDerivedType(typeof(EpochEvent), "epoch")]
[JsonDerivedType(typeof(CheckpointEvent), "checkpoint")]
[JsonDerivedType(typeof(NoticeEvent), "notice")]
[JsonDerivedType(typeof(ObservationEvent), "observation")]
[JsonDerivedType(typeof(DecisionFrameEvent), "decision_frame")]
[JsonDerivedType(typeof(PredictionEvent), "prediction")]
[JsonDerivedType(typeof(EvaluationEvent), "evaluation")]
[JsonDerivedType(typeof(FindingEvent), "finding")]
[JsonDerivedType(typeof(FinishedEvent), "finished")]
[JsonDerivedType(typeof(StoppedEvent), "stopped")]
[JsonDerivedType(typeof(FailedEvent), "failed")]
public abstract record RunEvent;

/// <summary>The run changed its state; added by the service.</summary>
public sealed record StateEvent : RunEvent
{
    /// <summary>The new state, as in <c>running</c>.</summary>
    public required string State { get; init; }

    /// <summary>The reason; null when the state explains itself.</summary>
    public RunMessageCode? Code { get; init; }

    /// <summary>Arguments of the reason; null without one.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Arguments { get; init; }

    /// <summary>The reason in English; null without one.</summary>
    public string? Reason { get; init; }

    /// <summary>The worker that trains the run; null when none does.</summary>
    public string? Worker { get; init; }
}

/// <summary>The dataset is loaded and the model is built; training starts.</summary>
public sealed record StartedEvent : RunEvent
{
    /// <summary>Tensor engine and version, as in <c>TorchSharp-cpu 0.107.0, libtorch 2.10.0</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>Device, as in <c>cpu</c> or <c>cuda:0</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Threads of one operation.</summary>
    public required int Threads { get; init; }

    /// <summary>Precision after <c>auto</c> is resolved: float32 or bfloat16.</summary>
    public required Spec.Precision Precision { get; init; }

    /// <summary>Training samples per epoch.</summary>
    public required int TrainSamples { get; init; }

    /// <summary>Validation samples.</summary>
    public required int ValidationSamples { get; init; }

    /// <summary>Test samples.</summary>
    public required int TestSamples { get; init; }

    /// <summary>Updates per epoch.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>Total epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Trainable parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>The layer table.</summary>
    public required IReadOnlyList<LayerRow> Layers { get; init; }

    /// <summary>Updates of the checkpoint that training resumes from; 0 at the beginning.</summary>
    public required long ResumedFromStep { get; init; }

    /// <summary>The dataset.</summary>
    public required DataIdentity Data { get; init; }
}

/// <summary>Progress within an epoch, at most four events per second.</summary>
public sealed record ProgressEvent : RunEvent
{
    /// <summary>Current epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates since the start of the run.</summary>
    public required long Step { get; init; }

    /// <summary>Updates of the whole run.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>Mean training loss since the last progress event.</summary>
    public required double? TrainLoss { get; init; }

    /// <summary>Training accuracy since the last progress event, 0 to 1.</summary>
    public required double? TrainAccuracy { get; init; }

    /// <summary>Training samples per second since the last progress event.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Seconds of training so far, over all attempts.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Estimated seconds to the end; null while unknown.</summary>
    public required double? RemainingSeconds { get; init; }
}

/// <summary>An epoch is complete: training metrics over the epoch, validation metrics after it.</summary>
public sealed record EpochEvent : RunEvent
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates since the start of the run.</summary>
    public required long Step { get; init; }

    /// <summary>Mean training loss over the epoch, in training mode, without penalty terms.</summary>
    public required double? TrainLoss { get; init; }

    /// <summary>Training accuracy over the epoch, 0 to 1, in training mode.</summary>
    public required double? TrainAccuracy { get; init; }

    /// <summary>Validation loss after the epoch.</summary>
    public required double? ValidationLoss { get; init; }

    /// <summary>Validation accuracy after the epoch, 0 to 1.</summary>
    public required double? ValidationAccuracy { get; init; }

    /// <summary>Learning rate of the last update.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Training samples per second, without validation.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Seconds of the epoch, validation included.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds of training so far, over all attempts.</summary>
    public required double ElapsedSeconds { get; init; }
}

/// <summary>A checkpoint is written.</summary>
public sealed record CheckpointEvent : RunEvent
{
    /// <summary>Completed epochs.</summary>
    public required int Epoch { get; init; }

    /// <summary>Completed updates.</summary>
    public required long Step { get; init; }

    /// <summary>File name within the run's folder.</summary>
    public required string File { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the file, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>A message that does not end the run.</summary>
public sealed record NoticeEvent : RunEvent
{
    /// <summary>The message.</summary>
    public required RunMessageCode Code { get; init; }

    /// <summary>Arguments of the message, as documented with its code.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Arguments { get; init; }

    /// <summary>The message in English.</summary>
    public required string Message { get; init; }

    /// <summary>Creates a notice with its text.</summary>
    public static NoticeEvent From(RunMessageCode code, params (string Name, object? Value)[] arguments)
    {
        var named = MessageArguments.From(arguments);
        return new NoticeEvent { Code = code, Arguments = named, Message = RunMessageText.From(code, named) };
    }
}

/// <summary>Training is complete.</summary>
public sealed record FinishedEvent : RunEvent
{
    /// <summary>Completed epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Completed updates.</summary>
    public required long Steps { get; init; }

    /// <summary>Seconds of training, over all attempts.</summary>
    public required double Seconds { get; init; }

    /// <summary>Epoch with the best validation accuracy; null when there was none.</summary>
    public required int? BestEpoch { get; init; }

    /// <summary>Best validation accuracy, 0 to 1.</summary>
    public required double? BestValidationAccuracy { get; init; }

    /// <summary>Test loss with the final weights; null unless <c>evaluateTest</c> is set.</summary>
    public required double? TestLoss { get; init; }

    /// <summary>Test accuracy with the final weights, 0 to 1; null unless <c>evaluateTest</c> is set.</summary>
    public required double? TestAccuracy { get; init; }
}

/// <summary>Training stopped on request, after a checkpoint was written.</summary>
public sealed record StoppedEvent : RunEvent
{
    /// <summary>The request: <c>stop</c> or <c>pause</c>.</summary>
    public required string Request { get; init; }

    /// <summary>Current epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Completed updates.</summary>
    public required long Step { get; init; }
}

/// <summary>Training failed.</summary>
public sealed record FailedEvent : RunEvent
{
    /// <summary>Kind of failure.</summary>
    public required FailureClass Class { get; init; }

    /// <summary>The message.</summary>
    public required RunMessageCode Code { get; init; }

    /// <summary>Arguments of the message, as documented with its code.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Arguments { get; init; }

    /// <summary>The message in English: what happened, and what to do about it.</summary>
    public required string Message { get; init; }

    /// <summary>Current epoch, from 1; null before training starts.</summary>
    public int? Epoch { get; init; }

    /// <summary>Completed updates; null before training starts.</summary>
    public long? Step { get; init; }

    /// <summary>The last finite values of a run that diverged; null for every other failure, and when there were none.</summary>
    public LastFinite? LastFinite { get; init; }

    /// <summary>Creates a failure with its text.</summary>
    public static FailedEvent From(FailureClass failureClass, RunMessageCode code, params (string Name, object? Value)[] arguments)
    {
        var named = MessageArguments.From(arguments);
        return new FailedEvent { Class = failureClass, Code = code, Arguments = named, Message = RunMessageText.From(code, named) };
    }
}

/// <summary>A finding of the diagnosis: at most one per rule, and another when it becomes more severe.</summary>
public sealed record FindingEvent : RunEvent
{
    /// <summary>The finding.</summary>
    public required Finding Finding { get; init; }
}

/// <summary>Kinds of failure. Only <c>lost_worker</c> and <c>crashed</c> are transient and retried.</summary>
public enum FailureClass
{
    /// <summary>The loss became infinite or NaN.</summary>
    Diverged,

    /// <summary>The machine or the GPU ran out of memory.</summary>
    OutOfMemory,

    /// <summary>The dataset is missing or damaged.</summary>
    InvalidData,

    /// <summary>The spec requires something that this machine lacks, such as a GPU.</summary>
    Unsupported,

    /// <summary>A file could not be written: disk full or no permission.</summary>
    Storage,

    /// <summary>The worker disappeared and its lease expired too often.</summary>
    LostWorker,

    /// <summary>The trainer process exited without reporting a failure.</summary>
    Crashed,

    /// <summary>The spec's time limit was exceeded.</summary>
    Timeout,
}

/// <summary>The last finite values of a run that diverged.</summary>
public sealed record LastFinite
{
    /// <summary>Completed updates when the loss was measured.</summary>
    public required long Step { get; init; }

    /// <summary>The last finite training loss.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>The last finite norm of the whole gradient, measured at the first step, once per observed epoch, and while the loss is high; null if never.</summary>
    public required double? GradientNorm { get; init; }

    /// <summary>The losses of the last steps, oldest first, at most 64. On a GPU the losses of single steps are not read, so there are none.</summary>
    public required IReadOnlyList<StepLoss> StepLosses { get; init; }
}

/// <summary>The training loss of one step.</summary>
public sealed record StepLoss
{
    /// <summary>The step, from 1.</summary>
    public required long Step { get; init; }

    /// <summary>The mean loss of its batch, before the update.</summary>
    public required double Loss { get; init; }
}

/// <summary>The dataset of a run.</summary>
public sealed record DataIdentity
{
    /// <summary>Name of the dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>SHA-256 over the samples and labels of all splits, 64 hexadecimal digits: equal data has equal fingerprints.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Names of the classes, in the order of their labels.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }
}

/// <summary>One line of the trainer's standard output.</summary>
public sealed record TrainerLine
{
    /// <summary>Number of the event in its trainer process, from 1 without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>Time of the event, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The event.</summary>
    public required RunEvent Event { get; init; }
}

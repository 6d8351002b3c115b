using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Runs;

/// <summary>A run, as a row of the run table.</summary>
public record RunSummary
{
    /// <summary>Id, a version 7 UUID: ids sort by creation time.</summary>
    public required Guid Id { get; init; }

    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    /// <summary>Experiment that groups the run with others.</summary>
    public required string Experiment { get; init; }

    /// <summary>State; succeeded, failed and cancelled are final.</summary>
    public required RunState State { get; init; }

    /// <summary>Queue of the run: cpu or cuda.</summary>
    public required string Queue { get; init; }

    /// <summary>Seed of training: initial weights, order of the samples, dropout and augmentation.</summary>
    public required int Seed { get; init; }

    /// <summary>Name of the dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>Preset architecture, or the kind of model: mlp, cnn or layers.</summary>
    public required string Model { get; init; }

    /// <summary>Name of the optimizer.</summary>
    public required string Optimizer { get; init; }

    /// <summary>Learning rate of the optimizer; null if it has none.</summary>
    public required double? LearningRate { get; init; }

    /// <summary>Submission time, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who submitted it: name of the token or subject of OpenID Connect; null without authentication.</summary>
    public required string? CreatedBy { get; init; }

    /// <summary>Time of the last change, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Start of the first attempt, UTC.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>Time at which the final state was reached, UTC.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Number of the current or last attempt; 0 before the first.</summary>
    public required int Attempt { get; init; }

    /// <summary>Worker that holds the run.</summary>
    public required string? Worker { get; init; }

    /// <summary>Whether cancellation has been requested and its worker has not stopped yet.</summary>
    public required bool CancelRequested { get; init; }

    /// <summary>Cause of the failure; null unless the state is failed.</summary>
    public required RunFailure? Failure { get; init; }

    /// <summary>Total epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Current epoch, from 1; 0 before training.</summary>
    public required int Epoch { get; init; }

    /// <summary>Completed optimizer steps.</summary>
    public required long Step { get; init; }

    /// <summary>Total optimizer steps; 0 before training.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>Fraction of completed steps, 0 to 1.</summary>
    public double Progress => State == RunState.Succeeded ? 1 : TotalSteps > 0 ? Math.Min(1, (double)Step / TotalSteps) : 0;

    /// <summary>Training loss of the last complete epoch.</summary>
    public required double? TrainLoss { get; init; }

    /// <summary>Training accuracy of the last complete epoch, 0 to 1.</summary>
    public required double? TrainAccuracy { get; init; }

    /// <summary>Validation loss of the last complete epoch.</summary>
    public required double? ValidationLoss { get; init; }

    /// <summary>Validation accuracy of the last complete epoch, 0 to 1.</summary>
    public required double? ValidationAccuracy { get; init; }

    /// <summary>Best validation accuracy so far, 0 to 1.</summary>
    public required double? BestValidationAccuracy { get; init; }

    /// <summary>Epoch of the best validation accuracy.</summary>
    public required int? BestEpoch { get; init; }

    /// <summary>
    /// The curve of the validation accuracy in short: its values of up to 32 epochs at equal distances, from the first epoch; null for a value that is not finite.
    /// </summary>
    public required IReadOnlyList<float?> Trend { get; init; }

    /// <summary>What the diagnosis found.</summary>
    public required RunDiagnosis Diagnosis { get; init; }

    /// <summary>Training samples per second, latest measurement.</summary>
    public required double? ImagesPerSecond { get; init; }

    /// <summary>Training time so far in seconds, without attempts that were repeated.</summary>
    public required double? ElapsedSeconds { get; init; }

    /// <summary>Estimated remaining time in seconds.</summary>
    public required double? RemainingSeconds { get; init; }

    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Parent run of a fork; it may have been deleted.</summary>
    public required Guid? ParentId { get; init; }

    /// <summary>Time of archiving, UTC; null unless the run is archived.</summary>
    public required DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>Study that it belongs to.</summary>
    public required Guid? StudyId { get; init; }

    /// <summary>Number of its trial in that study.</summary>
    public required int? Trial { get; init; }

    /// <summary>Values of the requested columns, by column name; null for a value that the run does not have. Only in lists with <c>columns</c>.</summary>
    public IReadOnlyDictionary<string, JsonElement?>? Values { get; init; }

    /// <summary>Sequence number of the last event.</summary>
    public required long LastSeq { get; init; }
}

/// <summary>What the diagnosis of a run found, in numbers: each rule once, by its highest severity.</summary>
public sealed record RunDiagnosis
{
    /// <summary>Number of problems: training does not work as it should.</summary>
    public required int Problems { get; init; }

    /// <summary>Number of warnings: training is impaired.</summary>
    public required int Warnings { get; init; }

    /// <summary>Number of findings for information.</summary>
    public required int Infos { get; init; }

    /// <summary>The rules, the most severe first, as in <c>vanishing_gradient</c>.</summary>
    public required IReadOnlyList<string> Rules { get; init; }
}

/// <summary>A run with its spec, layers and attempts.</summary>
public sealed record RunDetail : RunSummary
{
    [SetsRequiredMembers]
    internal RunDetail(RunSummary summary, ExperimentSpec spec, string specSha256, ModelPlan plan, RunActions actions)
        : base(summary)
    {
        Spec = spec;
        SpecSha256 = specSha256;
        Layers = LayerTable.Rows(plan);
        Parameters = plan.Parameters;
        Actions = actions;
    }

    /// <summary>Canonical spec, with all defaults.</summary>
    public ExperimentSpec Spec { get; }

    /// <summary>SHA-256 of the canonical spec, 64 hexadecimal digits.</summary>
    public string SpecSha256 { get; }

    /// <summary>Layer table.</summary>
    public IReadOnlyList<LayerRow> Layers { get; }

    /// <summary>Trainable parameters.</summary>
    public long Parameters { get; }

    /// <summary>Why no worker claims the queued run; null for any other run, and when it only waits for its turn.</summary>
    public RunWait? Waiting { get; internal init; }

    /// <summary>Attempts, oldest first.</summary>
    public IReadOnlyList<AttemptEntry> Attempts { get; internal init; } = [];

    /// <summary>Notes.</summary>
    public string Notes { get; internal init; } = "";

    /// <summary>State of its trial, which tells whether the study ended the run early; null for a run without a study, and after its study was deleted.</summary>
    public TrialState? TrialState { get; internal init; }

    /// <summary>Parent run; null unless the run is a fork.</summary>
    public RunParent? Parent { get; internal init; }

    /// <summary>Forks of the run, oldest first, at most 100.</summary>
    public IReadOnlyList<RunChild> Children { get; internal init; } = [];

    /// <summary>Actions that are available now to whoever asks, and why the others are not.</summary>
    public RunActions Actions { get; }
}

/// <summary>What a queued run waits for.</summary>
public sealed record RunWait
{
    /// <summary>Code of the message.</summary>
    public required RunMessageCode Code { get; init; }

    /// <summary>Arguments of the message, by name.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Arguments { get; init; }

    /// <summary>The message in English.</summary>
    public required string Message { get; init; }

    internal static RunWait From(RunMessageCode code, params (string Name, object? Value)[] arguments)
    {
        var named = MessageArguments.From(arguments);
        return new() { Code = code, Arguments = named, Message = RunMessageText.From(code, named) };
    }
}

/// <summary>Why a run failed.</summary>
public sealed record RunFailure
{
    /// <summary>Class of the failure.</summary>
    public required FailureClass Class { get; init; }

    /// <summary>Code of the message; null when the trainer reported none.</summary>
    public required RunMessageCode? Code { get; init; }

    /// <summary>Arguments of the message, by name; null without a code.</summary>
    public required IReadOnlyDictionary<string, JsonElement>? Arguments { get; init; }

    /// <summary>Cause and remedy, in English.</summary>
    public required string Message { get; init; }
}

/// <summary>An attempt to train a run.</summary>
public sealed record AttemptEntry
{
    /// <summary>Number, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Worker that claimed the run.</summary>
    public required string Worker { get; init; }

    /// <summary>Start, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>End, UTC; null while it is running.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Code of the reason for the outcome; null while it is running or when there is nothing to add to the outcome.</summary>
    public required RunMessageCode? Code { get; init; }

    /// <summary>Arguments of the reason, by name; null without a code.</summary>
    public required IReadOnlyDictionary<string, JsonElement>? Arguments { get; init; }

    /// <summary>Outcome, such as <c>succeeded</c> or <c>lost lease</c>; null while it is running.</summary>
    public required string? Outcome { get; init; }
}

/// <summary>The run that another was forked from.</summary>
public sealed record RunParent
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name; null if it was deleted.</summary>
    public required string? Name { get; init; }

    /// <summary>How the run was derived from it.</summary>
    public required ParentKind Kind { get; init; }

    /// <summary>Completed epochs of the checkpoint that provided the initial weights; null for newly initialized weights.</summary>
    public required int? Epoch { get; init; }
}

/// <summary>A fork of a run.</summary>
public sealed record RunChild
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }
}

/// <summary>A stored event of a run.</summary>
public sealed record RunEventEntry
{
    /// <summary>Sequence number within the run, from 1, without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>Attempt that the event belongs to; 0 before the first.</summary>
    public required int Attempt { get; init; }

    /// <summary>Time of the event, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The event.</summary>
    public required RunEvent Event { get; init; }
}

/// <summary>A page of a list.</summary>
public sealed record Page<T>
{
    /// <summary>Items.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>Value of <c>after</c> for the next page; null on the last page.</summary>
    public required string? Next { get; init; }
}

/// <summary>A page of the run list.</summary>
public sealed record RunPage
{
    /// <summary>Runs.</summary>
    public required IReadOnlyList<RunSummary> Items { get; init; }

    /// <summary>Value of <c>after</c> for the next page; null on the last page.</summary>
    public required string? Next { get; init; }
}

/// <summary>The number of runs that match the filters.</summary>
public sealed record RunCount
{
    /// <summary>Number of matching runs; 100,001 means more than 100,000.</summary>
    public required int Total { get; init; }
}

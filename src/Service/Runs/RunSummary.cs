using System.Text.Json;
using Trainyard.Service.Store;

namespace Trainyard.Service.Runs;

/// <summary>A run, as a line of a table.</summary>
public record RunSummary
{
    /// <summary>Id, version 7: ids sort by time of creation.</summary>
    public required Guid Id { get; init; }

    /// <summary>What a person calls the run.</summary>
    public required string Name { get; init; }

    /// <summary>The named group that the run belongs to.</summary>
    public required string Experiment { get; init; }

    /// <summary>State; succeeded, failed and cancelled are final.</summary>
    public required RunState State { get; init; }

    /// <summary>Queue that the run waits in: cpu or cuda.</summary>
    public required string Queue { get; init; }

    /// <summary>Seed of every random draw.</summary>
    public required int Seed { get; init; }

    /// <summary>Name of the dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>Name of the network in the catalog, or its kind: mlp, cnn or layers.</summary>
    public required string Model { get; init; }

    /// <summary>Name of the optimizer.</summary>
    public required string Optimizer { get; init; }

    /// <summary>When it was submitted, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When anything about it changed last, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When its first attempt began, UTC.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it reached its final state, UTC.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Attempts so far: the number of times that a worker claimed it.</summary>
    public required int Attempt { get; init; }

    /// <summary>Worker that holds it.</summary>
    public required string? Worker { get; init; }

    /// <summary>Whether it will be cancelled as soon as its worker hears of it.</summary>
    public required bool CancelRequested { get; init; }

    /// <summary>Why it failed; null unless its state is failed.</summary>
    public required RunFailure? Failure { get; init; }

    /// <summary>Epochs in all.</summary>
    public required int Epochs { get; init; }

    /// <summary>The epoch in work, from 1; 0 before training.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates done.</summary>
    public required long Step { get; init; }

    /// <summary>Updates of the whole run; 0 before training.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>Share of the updates that are done, 0 to 1.</summary>
    public double Progress => State == RunState.Succeeded ? 1 : TotalSteps > 0 ? Math.Min(1, (double)Step / TotalSteps) : 0;

    /// <summary>Training loss of the newest complete epoch.</summary>
    public required double? TrainLoss { get; init; }

    /// <summary>Training accuracy of the newest complete epoch, 0 to 1.</summary>
    public required double? TrainAccuracy { get; init; }

    /// <summary>Validation loss of the newest complete epoch.</summary>
    public required double? ValidationLoss { get; init; }

    /// <summary>Validation accuracy of the newest complete epoch, 0 to 1.</summary>
    public required double? ValidationAccuracy { get; init; }

    /// <summary>Best validation accuracy so far, 0 to 1.</summary>
    public required double? BestValidationAccuracy { get; init; }

    /// <summary>Epoch of the best validation accuracy.</summary>
    public required int? BestEpoch { get; init; }

    /// <summary>Training samples per second, newest measurement.</summary>
    public required double? ImagesPerSecond { get; init; }

    /// <summary>Seconds of training so far, over all attempts that count.</summary>
    public required double? ElapsedSeconds { get; init; }

    /// <summary>Estimated seconds to the end.</summary>
    public required double? RemainingSeconds { get; init; }

    /// <summary>Words that people gave it.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The run that it was made from; it may be deleted by now.</summary>
    public required Guid? ParentId { get; init; }

    /// <summary>The columns that a list was asked for, by name; null elsewhere. A run that lacks the value has null for it.</summary>
    public IReadOnlyDictionary<string, JsonElement?>? Values { get; init; }

    /// <summary>Seq of the newest event.</summary>
    public required long LastSeq { get; init; }
}

using System.Text.Json;
using Trainyard.Service.Store;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Studies;

/// <summary>A study as <see cref="StudyStep"/> works on it, with the row locked.</summary>
internal sealed class LockedStudy
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string? CreatedBy { get; init; }

    public required StudyDefinition Definition { get; init; }

    public required StudyState State { get; set; }

    public string? EndReason { get; set; }

    public string? WaitsFor { get; set; }

    public required int Trials { get; set; }

    public required int Proposed { get; set; }

    /// <summary>Of trials that have ended.</summary>
    public required double Seconds { get; set; }

    public required double Flops { get; set; }

    /// <summary>Trials that have ended with a value, or early.</summary>
    public required int Useful { get; set; }

    public List<OpenTrial> Open { get; } = [];

    /// <summary>Proposals of this step that are not valid specs.</summary>
    public List<TrialResult> Infeasible { get; } = [];
}

/// <summary>A trial that has not ended.</summary>
internal sealed class OpenTrial
{
    public required int Number { get; init; }

    public required Assignment Assignment { get; init; }

    public required TrialState State { get; set; }

    public required int Epochs { get; init; }

    public required double EpochFlops { get; init; }

    public required int Decided { get; set; }

    public required TrialHold? Hold { get; set; }

    public List<TrialRun> Runs { get; } = [];

    /// <summary>Means over the seeds, of the epochs that all of them have; read only where something depends on it.</summary>
    public IReadOnlyList<IntermediateValue> Curve { get; set; } = [];

    public bool IsChanged { get; set; }

    /// <summary>Whether it was ended in this step.</summary>
    public bool HasEnded { get; set; }

    public double? Value { get; set; }

    public JsonElement? SeedValues { get; set; }

    public JsonElement? Problem { get; set; }

    public double Seconds => Runs.Sum(run => run.ElapsedSeconds);

    public double Flops => Runs.Count == 0 ? 0 : EpochFlops / Runs.Count * Runs.Sum(run => run.TotalSteps > 0 ? (double)Epochs * run.Step / run.TotalSteps : 0);

    public bool AreRunsOver => Runs.TrueForAll(run => run.State.IsTerminal());

    /// <summary>What early stopping sees: the epochs that it has decided about.</summary>
    public TrialResult ToResult() => new()
    {
        Number = Number,
        Assignment = Assignment,
        State = State,
        Curve = [.. Curve.TakeWhile(point => point.Epoch <= Decided)],
        Value = Value,
        IsCancelled = State == TrialState.Failed && !Runs.Exists(run => run.FailureCode is not null),
    };

    public void End(TrialState state) => (State, HasEnded, IsChanged) = (state, true, true);
}

/// <summary>Why the runs of a trial are paused, or no longer; stored in lower case.</summary>
internal enum TrialHold
{
    /// <summary>The study is paused.</summary>
    Study,

    /// <summary>They are being resumed.</summary>
    Release,
}

/// <summary>A run of an open trial.</summary>
internal sealed record TrialRun
{
    public required Guid Id { get; init; }

    public required int Seed { get; init; }

    public required RunState State { get; init; }

    public required bool CancelRequested { get; init; }

    public required int Attempt { get; init; }

    public required long Step { get; init; }

    public required long TotalSteps { get; init; }

    public required double ElapsedSeconds { get; init; }

    public required string? FailureCode { get; init; }

    public required string? FailureArguments { get; init; }
}

/// <summary>What is to be done with a run after a step.</summary>
internal sealed record RunOrder(Guid Run, RunOrderKind Kind);

internal enum RunOrderKind
{
    Pause,

    /// <summary>Pauses a run that no worker has.</summary>
    Hold,
    Resume,
    Cancel,
}

namespace Trainyard.Service.Results;

/// <summary>How a run classifies its validation and test samples.</summary>
public sealed record RunEvaluations
{
    /// <summary>In the order of the run.</summary>
    public required IReadOnlyList<RunEvaluation> Evaluations { get; init; }
}

using Trainyard.Service.Store;

namespace Trainyard.Service.Runs;

/// <summary>Where a run that is about to be stored comes from.</summary>
internal sealed record RunOrigin
{
    /// <summary>The new run's id; its folder may hold the weights already.</summary>
    public required Guid Id { get; init; }

    /// <summary>The run that it is made from.</summary>
    public required Guid ParentId { get; init; }

    /// <summary>How.</summary>
    public required ParentKind Kind { get; init; }

    /// <summary>Complete epochs of the checkpoint that the weights are from; null without weights.</summary>
    public int? Epoch { get; init; }

    /// <summary>File in the new run's folder that training starts from; null: weights are drawn from the seed.</summary>
    public string? Weights { get; init; }
}

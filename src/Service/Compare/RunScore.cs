namespace Trainyard.Service.Compare;

/// <summary>A metric of one run.</summary>
public sealed record RunScore
{
    /// <summary>Id of the run.</summary>
    public required Guid Run { get; init; }

    /// <summary>Best value; null when no value was finite.</summary>
    public required double? Best { get; init; }

    /// <summary>Epoch of the best value.</summary>
    public required int? BestEpoch { get; init; }

    /// <summary>Value of the newest epoch; null when it is not finite.</summary>
    public required double? Latest { get; init; }
}

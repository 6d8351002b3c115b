using Trainyard.Specs.Events.Observation;

namespace Trainyard.Service.Results;

/// <summary>The decisions after one epoch.</summary>
public sealed record FilmFrame
{
    /// <summary>The epoch; 0: before the first update.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates since the run began.</summary>
    public required long Step { get; init; }

    /// <summary>The decisions; its points are null, they are beside the frames.</summary>
    public required DecisionFrame Frame { get; init; }
}

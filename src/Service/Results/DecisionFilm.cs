using Trainyard.Specs.Events.Observation;

namespace Trainyard.Service.Results;

/// <summary>How the decisions of a network of two inputs changed while it learned.</summary>
public sealed record DecisionFilm
{
    /// <summary>Samples of the dataset, at most 1000.</summary>
    public required IReadOnlyList<SamplePoint> Points { get; init; }

    /// <summary>One frame for each observed epoch, ascending.</summary>
    public required IReadOnlyList<FilmFrame> Frames { get; init; }
}

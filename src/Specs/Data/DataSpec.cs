using Trainyard.Specs.Catalog;

namespace Trainyard.Specs.Data;

/// <summary>The dataset of a run and its split into training and validation samples; the test samples are the dataset's own.</summary>
public sealed record DataSpec
{
    /// <summary>A technique of kind <see cref="TechniqueKind.Dataset"/>.</summary>
    public required TechniqueChoice Dataset { get; init; }

    /// <summary>Share of the training data that is held out for validation (stratified, shuffled by the seed), 0.01 to 0.9.</summary>
    public required double ValidationFraction { get; init; }

    /// <summary>At most this many training samples are used after the split (stratified); null uses all.</summary>
    public required int? TrainLimit { get; init; }
}

namespace Trainyard.Specs.Spec;

/// <summary>What is measured inside the network while it learns. It changes no weight.</summary>
public sealed record ObservationSpec
{
    /// <summary>
    /// Epochs from one observation to the next, 1 to 10,000; null: every epoch up to the 20th, then ever more rarely, about 100 times in 1,000 epochs. The
    /// untrained and the final network are always observed.
    /// </summary>
    public required int? EveryEpochs { get; init; }

    /// <summary>Whether the distributions of activations, weights and gradients are kept too.</summary>
    public required bool Histograms { get; init; }
}

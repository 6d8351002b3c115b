using Trainyard.Specs.Catalog;

namespace Trainyard.Specs.Spec;

/// <summary>How a network is trained.</summary>
public sealed record TrainingSpec
{
    /// <summary>Passes over the training samples, 1 to 10,000.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples per update, 1 to 65,536; null, or a size above the number of training samples, means full batch.</summary>
    public required int? BatchSize { get; init; }

    /// <summary>A technique of kind <see cref="TechniqueKind.Optimizer"/>.</summary>
    public required TechniqueChoice Optimizer { get; init; }

    /// <summary>A technique of kind <see cref="TechniqueKind.Schedule"/>.</summary>
    public required TechniqueChoice Schedule { get; init; }

    /// <summary>A technique of kind <see cref="TechniqueKind.WeightDecay"/>.</summary>
    public required TechniqueChoice WeightDecay { get; init; }

    /// <summary>A technique of kind <see cref="TechniqueKind.GradientClipping"/>.</summary>
    public required TechniqueChoice GradientClipping { get; init; }

    /// <summary>Share of the target that is spread over all classes, 0 to below 1 (Szegedy et al., 2016).</summary>
    public required double LabelSmoothing { get; init; }

    /// <summary>When to stop before the last epoch; null: never.</summary>
    public required EarlyStoppingSpec? EarlyStopping { get; init; }

    /// <summary>What is measured inside the network while it learns; null: nothing but losses and accuracies.</summary>
    public required ObservationSpec? Observe { get; init; }

    /// <summary>Number format of convolutions and matrix products; master weights are always float32.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Where the run is trained; also the queue that it waits in.</summary>
    public required Device Device { get; init; }

    /// <summary>
    /// Whether the test set is evaluated, once, with the final weights. Off by default: choices are made on the validation split, and every
    /// look at the test set spends some of its worth.
    /// </summary>
    public required bool EvaluateTest { get; init; }

    /// <summary>The run fails with <see cref="Events.FailureClass.Timeout"/> after this many seconds of training; null: no limit.</summary>
    public required double? TimeLimitSeconds { get; init; }
}

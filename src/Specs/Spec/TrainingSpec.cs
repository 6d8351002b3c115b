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

/// <summary>Stops a run whose validation metric no longer improves (Prechelt: Early Stopping - But When?, 1998).</summary>
public sealed record EarlyStoppingSpec
{
    /// <summary>What must improve.</summary>
    public required ValidationMetric Metric { get; init; }

    /// <summary>Epochs in a row without improvement that end training, 1 to 1,000; the last of them is the last epoch.</summary>
    public required int Patience { get; init; }

    /// <summary>Smallest absolute change that counts as an improvement, 0 to 1.</summary>
    public required double MinimumChange { get; init; }

    /// <summary>Whether the run ends with the weights of its best epoch by the metric; otherwise with those of its last.</summary>
    public required bool RestoreBest { get; init; }
}

/// <summary>A metric of the validation split.</summary>
public enum ValidationMetric
{
    /// <summary>Mean cross-entropy; lower is better.</summary>
    ValidationLoss,

    /// <summary>Share of right answers; higher is better.</summary>
    ValidationAccuracy,
}

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

/// <summary>Number format of convolutions and matrix products.</summary>
public enum Precision
{
    /// <summary>bfloat16 where the processor or GPU multiplies it in hardware, else float32.</summary>
    Auto,

    /// <summary>32-bit floating point throughout.</summary>
    Float32,

    /// <summary>bfloat16 products with float32 master weights and float32 batch-norm statistics.</summary>
    Bfloat16,
}

/// <summary>Where a run is trained; also the name of its queue.</summary>
public enum Device
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda,
}

using Trainyard.Specs.Catalog;

namespace Trainyard.Specs.Spec;

/// <summary>Training settings.</summary>
public sealed record TrainingSpec
{
    /// <summary>Passes over the training samples, 1 to 10,000.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples per update, 1 to 65,536; null, or a size above the number of training samples, means full batch.</summary>
    public required int? BatchSize { get; init; }

    /// <summary>A technique of kind <c>optimizer</c>.</summary>
    public required TechniqueChoice Optimizer { get; init; }

    /// <summary>A technique of kind <c>schedule</c>.</summary>
    public required TechniqueChoice Schedule { get; init; }

    /// <summary>A technique of kind <c>weight_decay</c>.</summary>
    public required TechniqueChoice WeightDecay { get; init; }

    /// <summary>A technique of kind <c>gradient_clipping</c>.</summary>
    public required TechniqueChoice GradientClipping { get; init; }

    /// <summary>Share of the target that is distributed over all classes, 0 to below 1 (Szegedy et al., 2016).</summary>
    public required double LabelSmoothing { get; init; }

    /// <summary>Early stopping; null for none.</summary>
    public required EarlyStoppingSpec? EarlyStopping { get; init; }

    /// <summary>Observation of the layers; null for none.</summary>
    public required ObservationSpec? Observe { get; init; }

    /// <summary>Number format of convolutions and matrix products; master weights are always float32.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Device to train on; also the queue of the run.</summary>
    public required Device Device { get; init; }

    /// <summary>
    /// Whether the test set is evaluated, once, with the final weights. Off by default: models are selected on the validation split, and every
    /// evaluation of the test set makes its result less reliable.
    /// </summary>
    public required bool EvaluateTest { get; init; }

    /// <summary>Seconds of training after which the run writes a checkpoint and fails with <c>timeout</c>; null for no limit.</summary>
    public required double? TimeLimitSeconds { get; init; }
}

/// <summary>Early stopping: ends a run whose validation metric no longer improves (Prechelt: Early Stopping - But When?, 1998).</summary>
public sealed record EarlyStoppingSpec
{
    /// <summary>The metric that must improve.</summary>
    public required ValidationMetric Metric { get; init; }

    /// <summary>Consecutive epochs without improvement after which training ends, 1 to 1,000.</summary>
    public required int Patience { get; init; }

    /// <summary>Smallest absolute change that counts as an improvement, 0 to 1.</summary>
    public required double MinimumChange { get; init; }

    /// <summary>Whether the run ends with the weights of its best epoch, instead of its last.</summary>
    public required bool RestoreBest { get; init; }
}

/// <summary>A metric of the validation split.</summary>
public enum ValidationMetric
{
    /// <summary>Mean cross-entropy; lower is better.</summary>
    ValidationLoss,

    /// <summary>Share of correct predictions; higher is better.</summary>
    ValidationAccuracy,
}

/// <summary>Observation of the layers during training. It does not change the result.</summary>
public sealed record ObservationSpec
{
    /// <summary>
    /// Epochs between observations, 1 to 10,000; null for every epoch up to the 20th, then less and less often, about 100 times in 1,000 epochs. The initial
    /// and the final network are always observed.
    /// </summary>
    public required int? EveryEpochs { get; init; }

    /// <summary>Whether histograms of activations, weights and gradients are recorded.</summary>
    public required bool Histograms { get; init; }
}

/// <summary>Number format of convolutions and matrix products.</summary>
public enum Precision
{
    /// <summary>bfloat16 where the processor or GPU supports it in hardware and the network is large enough to gain from it, else float32.</summary>
    Auto,

    /// <summary>32-bit floating point throughout.</summary>
    Float32,

    /// <summary>bfloat16 products with float32 master weights and float32 batch-norm statistics.</summary>
    Bfloat16,
}

/// <summary>Device of a run; also the name of its queue.</summary>
public enum Device
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda,
}

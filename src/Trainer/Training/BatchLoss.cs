using Trainyard.Trainer.Kernels;
using Trainyard.Trainer.Layers;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Training;

// Softmax cross-entropy of a batch: the mean that is minimized, and what the metrics take of it. Smoothing changes what is minimized, not what is reported: losses of training and
// validation must compare.
internal abstract class BatchLoss
{
    /// <summary>The mean that is minimized. Waits for the device.</summary>
    public abstract double Value { get; }

    // Of an evaluation. scores: [n, classes]. labels: [n] int64.
    public static BatchLoss Of(Tensor scores, Tensor labels) => Of(scores, labels, smoothing: 0, pass: null);

    // Of a training step. smoothing: Share of the targets that is spread evenly over all classes.
    public static BatchLoss Of(TrainingPass pass, Tensor labels, double smoothing) => Of(pass.Scores, labels, smoothing, pass);

    /// <summary>After a training step's forward pass: adds to the gradients of the parameters.</summary>
    public abstract void Backward();

    /// <summary>Adds loss and correct answers to the metrics.</summary>
    public abstract void AddTo(Meter metrics);

    private static BatchLoss Of(Tensor scores, Tensor labels, double smoothing, TrainingPass? pass) =>
        KernelSwitch.IsOn && CrossEntropy.Takes(scores) ? new KernelLoss(scores, labels, smoothing, pass) : new TensorLoss(scores, labels, smoothing);
}

/// <summary>On a processor: numbers, and the gradient of the scores, with which the backward pass begins, all at once.</summary>
internal sealed class KernelLoss(Tensor scores, Tensor labels, double smoothing, TrainingPass? pass) : BatchLoss
{
    private readonly CrossEntropy result = CrossEntropy.Of(scores, labels, smoothing, withGradient: pass is not null);

    public override double Value => result.Loss;

    public override void Backward() => pass!.Backward(result.Gradient!);

    public override void AddTo(Meter metrics) => metrics.Add(result.PlainLoss, result.Correct, result.Samples);
}

/// <summary>By torch's operations, in float32 or float64.</summary>
internal sealed class TensorLoss : BatchLoss
{
    private readonly Tensor scores;
    private readonly Tensor labels;
    private readonly Tensor loss;
    private readonly bool isSmoothed;

    public TensorLoss(Tensor scores, Tensor labels, double smoothing)
    {
        this.scores = scores.dtype == ScalarType.Float64 ? scores : scores.to_type(ScalarType.Float32);
        this.labels = labels;
        isSmoothed = smoothing > 0;
        loss = functional.cross_entropy(this.scores, labels, label_smoothing: smoothing);
    }

    public override double Value => loss.to_type(ScalarType.Float64).item<double>();

    public override void Backward() => loss.backward();

    public override void AddTo(Meter metrics)
    {
        using var _ = no_grad();
        metrics.Add(isSmoothed ? functional.cross_entropy(scores, labels) : loss, scores.argmax(1).eq(labels).sum(), labels.numel());
    }
}

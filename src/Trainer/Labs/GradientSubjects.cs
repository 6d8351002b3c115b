using Trainyard.Specs.Catalog;
using Trainyard.Specs.Labs;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Optimizers;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Labs;

// Something whose gradient is checked. Loss: A scalar of the targets' values now. Backward: Leaves its gradient in them.
internal sealed record CheckedGradient(GradientSubject Subject, string Name, string Settings, Func<Tensor> Loss, Action Backward, IReadOnlyList<Tensor> Targets);

/// <summary>Every layer, activation, loss and penalty of the catalog.</summary>
internal sealed class GradientSubjects(int seed)
{
    private const int DropoutSeed = 11;

    private static readonly int[] Image = [2, 5, 5];
    private static readonly int[] Vector = [6];
    private static readonly long[] Labels = [2, 0, 0, 1];

    public IEnumerable<CheckedGradient> All() =>
    [
        OfLayer("conv", "3x3, padding 1", Conv(3, 3, 1, 1), Image),
        OfLayer("conv", "3x3, stride 2", Conv(3, 3, 2, 0), Image),
        OfLayer("conv", "3x3, dilation 2", Conv(3, 3, 1, 2, 2), Image),
        DenseTanh("dense", ""),
        OfLayer("pool", "max", new PoolLayer { Pool = PoolKind.Max, Size = 2 }, Image),
        OfLayer("pool", "average", new PoolLayer { Pool = PoolKind.Average, Size = 2 }, Image),
        OfLayer("global_pool", "max", new GlobalPoolLayer { Pool = GlobalPool.Max }, Image),
        OfLayer("global_pool", "average", new GlobalPoolLayer { Pool = GlobalPool.Average }, Image),
        OfLayer("flatten", "", new FlattenLayer(), Image),
        OfLayer("batch_norm", "training", new BatchNormLayer { Momentum = 0.1, Epsilon = 1e-5 }, Image),
        OfLayer("batch_norm", "evaluation", new BatchNormLayer { Momentum = 0.1, Epsilon = 1e-5 }, Image, training: false),
        OfLayer("dropout", "0.4", new DropoutLayer { Rate = 0.4 }, Vector),
        OfLayer("residual", "conv, batch_norm, silu, conv", new ResidualLayer
        {
            Layers = [Conv(4, 3, 1, 1), new BatchNormLayer { Momentum = 0.1, Epsilon = 1e-5 }, Activation("silu"), Conv(2, 3, 1, 1)],
        }, Image),
        .. TechniqueCatalog.OfKind(TechniqueKind.Activation).Select(entry => OfLayer(entry.Name, "", Activation(entry.Name), Vector, subject: GradientSubject.Activation)),
        OfLoss("cross_entropy", "", 0),
        OfLoss("cross_entropy", "label smoothing 0.1", 0.1),
        OfPenalty("l2", weights => weights.square().sum().div(2)),
        OfPenalty("l1", weights => weights.abs().sum()),
    ];

    // A dense layer, whose output goes through tanh so that the function bends.
    public CheckedGradient DenseTanh(string name, string settings) => OfLayer(
        name, settings, new DenseLayer { Units = 4, Bias = true, Initialization = TechniqueCatalog.Default(TechniqueKind.Initialization, "lecun") }, Vector, output => output.tanh());

    // The loss is sum(r * layer(x)) for fixed random r.
    private CheckedGradient OfLayer(
        string name, string settings, LayerSpec spec, int[] shape, Func<Tensor, Tensor>? then = null, bool training = true, GradientSubject subject = GradientSubject.Layer)
    {
        var (_, layer) = LabLayers.Build(spec, shape, seed);
        layer.train(training);
        var input = Random(1, [.. shape.Length == 3 ? [2L] : (long[])[4L], .. shape.Select(side => (long)side)]).requires_grad_();
        Tensor? direction = null;
        return Differentiable(subject, name, settings, Loss, [.. layer.parameters(), input]);

        Tensor Loss()
        {
            manual_seed(DropoutSeed);  // the same values are dropped each time
            var output = layer.call(input);
            output = then is null ? output : then(output);
            direction ??= Random(2, output.shape);
            return output.mul(direction).sum();
        }
    }

    private CheckedGradient OfLoss(string name, string settings, double smoothing)
    {
        var scores = Random(3, [4, 3]).requires_grad_();
        var labels = tensor(Labels);
        return Differentiable(GradientSubject.Loss, name, settings, () => functional.cross_entropy(scores, labels, label_smoothing: smoothing), [scores]);
    }

    // Penalties are no part of the loss in training: their class adds the gradient.
    private CheckedGradient OfPenalty(string name, Func<Tensor, Tensor> penalty)
    {
        const double Strength = 0.1;
        var weights = Random(4, [3, 4]).requires_grad_();
        var choice = new TechniqueChoice(name, new Dictionary<string, ParameterValue>(TechniqueCatalog.Default(TechniqueKind.WeightDecay, name).Parameters, StringComparer.Ordinal) { ["strength"] = Strength });
        var decay = WeightDecayFactory.Create(choice, [weights])!;
        return new CheckedGradient(GradientSubject.Penalty, name, "strength 0.1", () => penalty(weights).mul(Strength), Backward, [weights]);

        void Backward()
        {
            weights.mul(0).sum().backward();
            decay.Apply(learningRate: 1, factor: 1);
        }
    }

    private static CheckedGradient Differentiable(GradientSubject subject, string name, string settings, Func<Tensor> loss, IReadOnlyList<Tensor> targets) =>
        new(subject, name, settings, loss, () => loss().backward(), targets);

    private static ConvLayer Conv(int filters, int kernel, int stride, int padding, int dilation = 1) => new()
    {
        Filters = filters,
        Kernel = kernel,
        Stride = stride,
        Padding = padding,
        Dilation = dilation,
        Bias = true,
        Initialization = TechniqueCatalog.Default(TechniqueKind.Initialization, "lecun"),
    };

    private static ActivationLayer Activation(string name) => new() { Activation = TechniqueCatalog.Default(TechniqueKind.Activation, name) };

    private Tensor Random(int index, long[] shape)
    {
        var random = new RunSeed(seed).Stream(RandomPurpose.Lab, index);
        var count = shape.Aggregate(1L, (product, side) => product * side);
        return tensor(Enumerable.Range(0, (int)count).Select(_ => random.NextNormal()).ToArray()).reshape(shape);
    }
}

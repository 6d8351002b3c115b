using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Tests.Layers;

/// <summary>Backpropagation against central differences in float64, for the input and every parameter of each kind of layer.</summary>
public sealed class GradientCheckTests
{
    private const double Step = 1e-5;
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData(3, 1, 1, true)]
    [InlineData(3, 2, 0, false)]
    [InlineData(2, 2, 1, true)]
    public void Convolution(int kernel, int stride, int padding, bool bias) => Check(TestLayers.Conv(3, kernel, stride, padding, bias: bias), [2, 5, 5]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dense(bool bias) => Check(
        new DenseLayer { Units = 4, Bias = bias, Initialization = TestLayers.Default(TechniqueKind.Initialization, "lecun") }, [5]);

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void BatchNorm(bool training, bool image) =>
        Check(new BatchNormLayer { Momentum = 0.1, Epsilon = 1e-5 }, image ? [2, 5, 5] : [5], training);

    [Theory]
    [InlineData("Max")]
    [InlineData("Average")]
    public void Pooling(string kind) => Check(new PoolLayer { Pool = Enum.Parse<PoolKind>(kind), Size = 2 }, [2, 5, 5]);

    [Theory]
    [InlineData("Max")]
    [InlineData("Average")]
    public void GlobalPooling(string kind) => Check(new GlobalPoolLayer { Pool = Enum.Parse<GlobalPool>(kind) }, [2, 5, 5]);

    [Fact]
    public void Flatten() => Check(new FlattenLayer(), [2, 5, 5]);

    [Theory]
    [InlineData("sigmoid", null, 0)]
    [InlineData("tanh", null, 0)]
    [InlineData("relu", null, 0)]
    [InlineData("leaky_relu", "slope", 0.1)]
    [InlineData("elu", "alpha", 1.5)]
    public void Activation(string name, string? parameter, double value)
    {
        KeyValuePair<string, ParameterValue>[] parameters = parameter is null ? [] : [KeyValuePair.Create(parameter, (ParameterValue)value)];
        Check(new ActivationLayer { Activation = new TechniqueChoice(name, parameters) }, [5]);
    }

    [Fact]
    public void Dropout() => Check(new DropoutLayer { Rate = 0.4 }, [21]);

    private static void Check(LayerSpec layer, int[] input, bool training = true)
    {
        using var scope = NewDisposeScope();
        Check(TestLayers.Build(layer, input), Input(input), training);
    }

    // Checks the gradient of sum(r * layer(x)) for fixed random r.
    internal static void Check(Module<Tensor, Tensor> layer, Tensor input, bool training = true)
    {
        using var scope = NewDisposeScope();
        using var owned = layer;
        layer.train(training);
        Tensor? direction = null;
        Tensor Loss()
        {
            manual_seed(11);  // the same values are dropped each time
            var output = layer.call(input);
            direction ??= Random(seed: 3, [.. output.shape]);
            return (output * direction).sum();
        }

        input.requires_grad_();
        Loss().backward();
        foreach (var target in layer.parameters().Append(input))
        {
            var analytic = target.grad!.contiguous().reshape(-1).data<double>().ToArray();
            var numeric = Differences(target, Loss);
            var scale = numeric.Concat(analytic).Max(Math.Abs) + 1e-12;
            for (var index = 0; index < numeric.Length; index++)
            {
                Assert.True(
                    Math.Abs(numeric[index] - analytic[index]) / scale < Tolerance,
                    $"{layer.GetName()}, value {index}: numeric {numeric[index]}, backpropagation {analytic[index]}");
            }
        }
    }

    private static double[] Differences(Tensor target, Func<Tensor> loss)
    {
        using var _ = no_grad();
        var original = target.detach().clone().contiguous();
        var result = new double[target.numel()];
        for (var index = 0; index < result.Length; index++)
        {
            result[index] = (LossAt(index, Step) - LossAt(index, -Step)) / (2 * Step);
        }

        target.copy_(original);
        return result;

        double LossAt(int index, double shift)
        {
            using var scope = NewDisposeScope();
            var values = original.reshape(-1).data<double>().ToArray();
            values[index] += shift;
            target.copy_(tensor(values).reshape(original.shape));
            return loss().item<double>();
        }
    }

    /// <summary>Two images, with channels last in memory as in batches, or four vectors.</summary>
    internal static Tensor Input(int[] shape) => shape.Length == 3 ? Random(2, shape[1], shape[2], shape[0]).permute(0, 3, 1, 2) : Random(4, shape[0]);

    private static Tensor Random(params long[] shape) => Random(seed: 2, shape);

    private static Tensor Random(long seed, long[] shape)
    {
        var random = new RunSeed(seed).Stream(RandomPurpose.Weights);
        var count = shape.Aggregate(1L, (product, side) => product * side);
        return tensor(Enumerable.Range(0, (int)count).Select(_ => random.NextNormal()).ToArray()).reshape(shape);
    }
}

using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Layers;

/// <summary>Backpropagation against central differences in float64, for the input and every parameter of each kind of layer.</summary>
public sealed class GradientCheckTests
{
    private const double Step = 1e-5;
    private const double Tolerance = 1e-6;

    private static readonly TechniqueChoice Start = new("normal", [KeyValuePair.Create("std", (ParameterValue)0.5)]);

    [Theory]
    [InlineData(3, 1, 1, true)]
    [InlineData(3, 2, 0, false)]
    [InlineData(2, 2, 1, true)]
    public void Convolution(int kernel, int stride, int padding, bool bias) => Check(
        new Convolution(
            "conv1",
            new ConvLayer { Filters = 3, Kernel = kernel, Stride = stride, Padding = padding, Dilation = 1, Bias = bias, Initialization = Start },
            channels: 2, NumberFormats.Float64, CPU, new RunSeed(1).Stream(RandomPurpose.Weights)),
        Image());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dense(bool bias) => Check(
        new Dense(
            "dense1", new DenseLayer { Units = 4, Bias = bias, Initialization = Start },
            features: 5, NumberFormats.Float64, CPU, new RunSeed(1).Stream(RandomPurpose.Weights)),
        Random(3, 5));

    [Theory]
    [InlineData("Train", true)]
    [InlineData("Train", false)]
    [InlineData("Evaluate", true)]
    public void BatchNorm(string mode, bool image) => Check(
        new BatchNorm("norm1", new BatchNormLayer { Momentum = 0.1, Epsilon = 1e-5 }, image ? 2 : 5, NumberFormats.Float64, CPU),
        image ? Image() : Random(4, 5),
        Enum.Parse<Mode>(mode));

    [Theory]
    [InlineData("Max")]
    [InlineData("Average")]
    public void Pooling(string kind) => Check(new Pooling("pool1", new PoolLayer { Pool = Enum.Parse<PoolKind>(kind), Size = 2 }), Image());

    [Theory]
    [InlineData("Max")]
    [InlineData("Average")]
    public void GlobalPooling(string kind) => Check(new GlobalPooling("pool1", new GlobalPoolLayer { Pool = Enum.Parse<GlobalPool>(kind) }), Image());

    [Fact]
    public void Flatten() => Check(new Flatten("flatten1"), Image());

    [Theory]
    [InlineData("sigmoid", null, 0)]
    [InlineData("tanh", null, 0)]
    [InlineData("relu", null, 0)]
    [InlineData("leaky_relu", "slope", 0.1)]
    [InlineData("elu", "alpha", 1.5)]
    public void Activation(string name, string? parameter, double value)
    {
        KeyValuePair<string, ParameterValue>[] parameters = parameter is null ? [] : [KeyValuePair.Create(parameter, (ParameterValue)value)];
        Check(new Activation("activation1", new ActivationLayer { Activation = new TechniqueChoice(name, parameters) }), Random(4, 5));
    }

    [Fact]
    public void Dropout() => Check(new Dropout("dropout1", new DropoutLayer { Rate = 0.4 }), Random(6, 7));

    // Checks the gradient of sum(r * layer(x)) for fixed random r.
    internal static void Check(Layer layer, Tensor input, Mode mode = Mode.Train)
    {
        using var scope = NewDisposeScope();
        using var owned = layer;
        Tensor? direction = null;
        Tensor Loss()
        {
            manual_seed(11);  // the same values are dropped each time
            var output = layer.Forward(input, mode);
            direction ??= Random(seed: 3, [.. output.shape]);
            return (output * direction).sum();
        }

        input.requires_grad_();
        Loss().backward();
        foreach (var target in layer.Parameters.Select(parameter => parameter.Tensor).Append(input))
        {
            var analytic = target.grad!.contiguous().reshape(-1).data<double>().ToArray();
            var numeric = Differences(target, Loss);
            var scale = numeric.Concat(analytic).Max(Math.Abs) + 1e-12;
            for (var index = 0; index < numeric.Length; index++)
            {
                Assert.True(
                    Math.Abs(numeric[index] - analytic[index]) / scale < Tolerance,
                    $"{layer.Name}, value {index}: numeric {numeric[index]}, backpropagation {analytic[index]}");
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

    /// <summary>Two samples of a shape, images with channels last in memory.</summary>
    internal static Tensor Input(int[] shape) => shape.Length == 3 ? Random(2, shape[1], shape[2], shape[0]).permute(0, 3, 1, 2) : Random(2, shape[0]);

    private static Tensor Random(params long[] shape) => Random(seed: 2, shape);

    private static Tensor Random(long seed, long[] shape)
    {
        var random = new RunSeed(seed).Stream(RandomPurpose.Weights);
        var count = shape.Aggregate(1L, (product, side) => product * side);
        return tensor(Enumerable.Range(0, (int)count).Select(_ => random.NextNormal()).ToArray()).reshape(shape);
    }

    // [2, 2, 5, 5] with channels last in memory, as batches are.
    private static Tensor Image() => Random(2, 5, 5, 2).permute(0, 3, 1, 2);
}

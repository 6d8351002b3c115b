using Trainyard.Specs.Catalog;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Layers;

/// <summary>Backpropagation against central differences in float64 for the activations and layers that the trainer builds from a plan.</summary>
public sealed class TechniqueGradientTests
{
    public static TheoryData<string> Activations =>
        [.. TechniqueCatalog.All.Where(entry => entry.Kind == TechniqueKind.Activation).Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activation_OfImages(string name) => Check(new ActivationLayer { Activation = Default(TechniqueKind.Activation, name) }, [4, 5, 5]);

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activation_OfVectors(string name) => Check(new ActivationLayer { Activation = Default(TechniqueKind.Activation, name) }, [6]);

    [Fact]
    public void PRelu_OneSlope() => Check(
        new ActivationLayer { Activation = new TechniqueChoice("prelu", [KeyValuePair.Create("slope", (ParameterValue)0.3), KeyValuePair.Create("perChannel", (ParameterValue)false)]) },
        [4, 5, 5]);

    [Fact]
    public void Maxout_ThreePieces() => Check(
        new ActivationLayer { Activation = new TechniqueChoice("maxout", [KeyValuePair.Create("pieces", (ParameterValue)3)]) }, [6, 4, 4]);

    [Theory]
    [InlineData(3, 1, 2, 2)]
    [InlineData(2, 2, 0, 3)]
    [InlineData(1, 2, 0, 1)]
    public void Convolution_Dilated(int kernel, int stride, int padding, int dilation) => Check(Conv(3, kernel, stride, padding, dilation), [2, 7, 7]);

    [Fact]
    public void Residual_OfConvolutionsNormAndActivation() => Check(
        new ResidualLayer
        {
            Layers =
            [
                Conv(4, 3, 1, 1, 1) with { Bias = false }, new BatchNormLayer { Momentum = 0.1, Epsilon = 1e-5 },
                new ActivationLayer { Activation = Default(TechniqueKind.Activation, "prelu") }, Conv(2, 3, 1, 2, 2),
            ],
        },
        [2, 5, 5]);

    [Fact]
    public void Maxout_KnownValues_TakesTheLargestOfNeighbouringChannels()
    {
        using var scope = NewDisposeScope();
        using var layer = new Maxout("maxout1", Default(TechniqueKind.Activation, "maxout"));
        Assert.Equal([5f, 4f], layer.Forward(tensor(new[] { 1f, 5, 4, -2 }, [1, 4]), Mode.Train).data<float>().ToArray());
        var image = tensor(new[] { 1f, 10, 5, 3, 4, 0, -2, 7 }, [1, 4, 1, 2]);  // channels 1, 10 and 5, 3 and 4, 0 and -2, 7
        var output = layer.Forward(image, Mode.Train);
        Assert.Equal([1, 2, 1, 2], output.shape);
        Assert.Equal([5f, 10f, 4f, 7f], output.contiguous().data<float>().ToArray());
    }

    [Fact]
    public void Maxout_ChannelsLastImages_KeepTheirOrderInMemory()
    {
        using var scope = NewDisposeScope();
        using var layer = new Maxout("maxout1", Default(TechniqueKind.Activation, "maxout"));
        Assert.True(layer.Forward(randn(2, 3, 3, 8).permute(0, 3, 1, 2), Mode.Train).permute(0, 2, 3, 1).is_contiguous());
    }

    [Theory]
    [InlineData("selu", -1.0, -1.1113307378)]
    [InlineData("selu", 2.0, 2.1014019747)]
    [InlineData("silu", 1.0, 0.7310585786)]
    [InlineData("gelu", 1.0, 0.8413447461)]
    [InlineData("identity", -3.0, -3.0)]
    [InlineData("prelu", -2.0, -0.5)]
    public void Activation_KnownInput_HasTheValueOfItsFormula(string name, double x, double expected)
    {
        using var scope = NewDisposeScope();
        using var layer = Build(new ActivationLayer { Activation = Default(TechniqueKind.Activation, name) }, [1]);
        Assert.Equal(expected, layer.Forward(tensor(new[] { x }, [1, 1]), Mode.Train).item<double>(), 1e-9);
    }

    private static void Check(LayerSpec layer, int[] input)
    {
        using var scope = NewDisposeScope();
        GradientCheckTests.Check(Build(layer, input), GradientCheckTests.Input(input));
    }

    // The planner infers the shapes, as for a real model.
    private static Layer Build(LayerSpec layer, int[] input)
    {
        var start = Default(TechniqueKind.Initialization, "lecun");
        var model = new ModelSpec
        {
            Kind = ModelKind.Layers,
            Preset = null,
            Layers = [layer],
            Blocks = [],
            GlobalPool = GlobalPool.None,
            Dense = [],
            Activation = Default(TechniqueKind.Activation, "relu"),
            Initialization = start,
            BatchNorm = null,
            Dropout = new DropoutSpec { Conv = 0, Dense = 0 },
        };
        var plan = ModelPlanner.Plan(model, new Specs.Spec.DatasetShape { Input = input, ClassNames = ["0", "1"], TrainSamples = 10, TestSamples = 10 });
        return new LayerFactory(NumberFormats.Float64, CPU, new RunSeed(1)).Create(plan.Layers[0]);
    }

    private static ConvLayer Conv(int filters, int kernel, int stride, int padding, int dilation) => new()
    {
        Filters = filters,
        Kernel = kernel,
        Stride = stride,
        Padding = padding,
        Dilation = dilation,
        Bias = true,
        Initialization = Default(TechniqueKind.Initialization, "lecun"),
    };

    private static TechniqueChoice Default(TechniqueKind kind, string name) => new(
        name, TechniqueCatalog.Find(kind, name)!.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default!.Value));
}

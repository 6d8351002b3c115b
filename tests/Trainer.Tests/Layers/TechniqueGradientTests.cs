using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Layers;

namespace Trainyard.Trainer.Tests.Layers;

/// <summary>Backpropagation against central differences in float64 for the activations and layers that the trainer builds from a plan.</summary>
public sealed class TechniqueGradientTests
{
    public static TheoryData<string> Activations =>
        [.. TechniqueCatalog.All.Where(entry => entry.Kind == TechniqueKind.Activation).Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activation_OfImages(string name) => Check(TestLayers.Activation(name), [4, 5, 5]);

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activation_OfVectors(string name) => Check(TestLayers.Activation(name), [6]);

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
    public void Convolution_Dilated(int kernel, int stride, int padding, int dilation) => Check(TestLayers.Conv(3, kernel, stride, padding, dilation), [2, 7, 7]);

    [Fact]
    public void Residual_OfConvolutionsNormAndActivation() => Check(
        new ResidualLayer
        {
            Layers =
            [
                TestLayers.Conv(4, 3, padding: 1, bias: false), new BatchNormLayer { Momentum = 0.1, Epsilon = 1e-5 },
                TestLayers.Activation("prelu"), TestLayers.Conv(2, 3, 1, 2, 2),
            ],
        },
        [2, 5, 5]);

    [Fact]
    public void Maxout_KnownValues_TakesTheLargestOfNeighboringChannels()
    {
        using var scope = NewDisposeScope();
        using var layer = new Maxout(TestLayers.Default(TechniqueKind.Activation, "maxout"));
        Assert.Equal([5f, 4f], layer.call(tensor(new[] { 1f, 5, 4, -2 }, [1, 4])).data<float>().ToArray());
        var image = tensor(new[] { 1f, 10, 5, 3, 4, 0, -2, 7 }, [1, 4, 1, 2]);  // channels 1, 10 and 5, 3 and 4, 0 and -2, 7
        var output = layer.call(image);
        Assert.Equal([1, 2, 1, 2], output.shape);
        Assert.Equal([5f, 10f, 4f, 7f], output.contiguous().data<float>().ToArray());
    }

    [Fact]
    public void Maxout_ChannelsLastImages_KeepTheirOrderInMemory()
    {
        using var scope = NewDisposeScope();
        using var layer = new Maxout(TestLayers.Default(TechniqueKind.Activation, "maxout"));
        Assert.True(layer.call(randn(2, 3, 3, 8).permute(0, 3, 1, 2)).permute(0, 2, 3, 1).is_contiguous());
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
        using var layer = TestLayers.Build(TestLayers.Activation(name), [1]);
        Assert.Equal(expected, layer.call(tensor(new[] { x }, [1, 1])).item<double>(), 1e-9);
    }

    private static void Check(LayerSpec layer, int[] input)
    {
        using var scope = NewDisposeScope();
        GradientCheckTests.Check(TestLayers.Build(layer, input), GradientCheckTests.Input(input));
    }
}

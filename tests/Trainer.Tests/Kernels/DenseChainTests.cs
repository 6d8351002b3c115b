using Trainyard.Specs.Catalog;
using Trainyard.Trainer.Kernels;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Tests.Layers;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Tests.Kernels;

/// <summary>The kernels of small dense networks against torch's operations in float64, on the same values. VectorWidthTests runs this class with shorter vectors, too.</summary>
public sealed class DenseChainTests
{
    public static TheoryData<string> Activations => ["identity", "relu", "leaky_relu", "elu", "selu", "silu", "gelu", "sigmoid", "tanh"];

    // Rows, then the sizes of the layers: below, at and above whole vectors, and rows that are and are not a multiple of four.
    public static TheoryData<int, string> Sizes => new()
    {
        { 1, "1,1" }, { 4, "2,8,2" }, { 32, "2,8,2" }, { 7, "3,16,17,15" }, { 33, "16,32,16" }, { 100, "31,33,10" }, { 5, "40,3,40,1" }, { 257, "2,4,4,4,4,4,4,2" }, { 100, "784,100,100,10" },
    };

    [Theory]
    [MemberData(nameof(Activations))]
    public void Forward_EveryActivation_HasTorchsValuesAndGradients(string activation)
    {
        Compare(activation, 20, [5, 19, 3], hasBias: true);
        Compare(activation, 3, [16, 16], hasBias: false);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Forward_EverySize_HasTorchsValuesAndGradients(int rows, string sizes)
    {
        int[] each = [.. sizes.Split(',').Select(int.Parse)];
        Compare("tanh", rows, each, hasBias: true);
        Compare("relu", rows, each, hasBias: false);
    }

    [Fact]
    public void Forward_LayersAlone_ComputeTheSameBits()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var (layers, parameters) = Network("gelu", [6, 21, 4], hasBias: true);
        var (input, gradient) = (randn(13, 6), randn(13, 4));
        var together = Results(new GraphPass(new DenseChain(layers).Forward(input, parameters)), gradient, parameters);
        var alone = Results(
            new GraphPass(layers.Index().Aggregate(input, (values, layer) => new DenseChain([layer.Item]).Forward(values, [parameters[layer.Index]]))), gradient, parameters);
        Assert.True(together.Zip(alone).All(pair => pair.First.Equals(pair.Second)));
    }

    [Fact]
    public void Forward_ByOneThreadAndByThree_ComputesTheSameBits()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var (layers, parameters) = Network("silu", [100, 120, 50], hasBias: true);
        var (input, gradient) = (randn(130, 100), randn(130, 50));
        var before = get_num_threads();
        try
        {
            var one = Run(1);
            Assert.True(one.Zip(Run(3)).All(pair => pair.First.Equals(pair.Second)));
        }
        finally
        {
            set_num_threads(before);
        }

        List<Tensor> Run(int threads)
        {
            set_num_threads(threads);
            return Results(new ChainPass(new DenseChain(layers), parameters, input), gradient, parameters);
        }
    }

    [Fact]
    public void Forward_RowsAcrossMemory_ReadsThemInTheirOrder()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (layers, parameters) = Network("relu", [6, 21, 4], hasBias: true);
        var input = randn(6, 9).t();
        Assert.True(new DenseChain(layers).Forward(input, parameters).Equals(new DenseChain(layers).Forward(input.contiguous(), parameters)));
    }

    [Fact]
    public void Forward_RowWithNaN_PassesItOnAlone()
    {
        using var scope = NewDisposeScope();
        var (layers, parameters) = Network("tanh", [3, 8, 2], hasBias: true);
        var input = randn(9, 3);
        input[4, 1] = float.NaN;
        var output = new DenseChain(layers).Forward(input, parameters);
        Assert.Equal(2, output.isnan().sum().item<long>());
        Assert.True(output[4].isnan().all().item<bool>());
    }

    // Values that a dense layer may give an activation when a run diverges: torch's answers, forward and backward.
    [Theory]
    [InlineData("relu")]
    [InlineData("leaky_relu")]
    [InlineData("sigmoid")]
    [InlineData("tanh")]
    public void Forward_NotFiniteValues_AreTorchs(string activation)
    {
        using var scope = NewDisposeScope();
        var values = tensor([float.NaN, float.PositiveInfinity, float.NegativeInfinity, 3e38f, -3e38f, 0f, -0f, 1f, -1f], [1, 9]);
        var gradient = tensor([1f, 1f, 1f, 1f, 1f, 1f, 1f, float.PositiveInfinity, float.NegativeInfinity], [1, 9]);
        var (own, torchs) = (values.clone().requires_grad_(), values.clone().requires_grad_());

        var output = new DenseChain([KernelFactory.Chain(TestLayers.Default(TechniqueKind.Activation, activation), 9)!]).Forward(own, [[]]);
        output.backward([gradient]);
        var expected = TestLayers.Build(TestLayers.Activation(activation), [9]).call(torchs);
        expected.backward([gradient]);

        Assert.True(output.allclose(expected, equal_nan: true), $"{output.str()} instead of {expected.str()}");
        Assert.True(own.grad!.allclose(torchs.grad!, equal_nan: true), $"{own.grad!.str()} instead of {torchs.grad!.str()}");
    }

    [Theory]
    [InlineData("elu")]
    [InlineData("selu")]
    [InlineData("silu")]
    [InlineData("gelu")]
    public void Forward_LargeValues_AreThoseOfFloat64(string activation)
    {
        using var scope = NewDisposeScope();
        var values = tensor([float.NaN, float.PositiveInfinity, 3e38f, 1e20f, 100f, 12f, -12f, -100f, -1e20f], [1, 9]);
        var output = new DenseChain([KernelFactory.Chain(TestLayers.Default(TechniqueKind.Activation, activation), 9)!]).Forward(values, [[]]);
        var expected = TestLayers.Build(TestLayers.Activation(activation), [9]).call(values.to(ScalarType.Float64)).to(ScalarType.Float32);
        Assert.True(output.allclose(expected, equal_nan: true), $"{string.Join(' ', output.data<float>())} instead of {string.Join(' ', expected.data<float>())}");
    }

    [Fact]
    public void Backward_OfTwoForwardPasses_EachHasItsOwnValues()
    {
        using var scope = NewDisposeScope();
        var (layers, parameters) = Network("tanh", [3, 20, 2], hasBias: true);
        var chain = new DenseChain(layers);
        var inputs = new[] { randn(9, 3).requires_grad_(), randn(9, 3).requires_grad_() };
        var outputs = Array.ConvertAll(inputs, input => chain.Forward(input, parameters));
        outputs[0].sum().backward(retain_graph: true);
        outputs[1].sum().backward();
        outputs[0].sum().backward();

        foreach (var (input, times) in inputs.Zip([2, 1]))
        {
            var again = input.detach().clone().requires_grad_();
            chain.Forward(again, parameters).sum().backward();
            Assert.True(input.grad!.Equals(again.grad! * times));
        }
    }

    [Fact]
    public void Backward_AfterTheScopeOfTheForwardPass_HasItsValues()
    {
        using var scope = NewDisposeScope();
        var (layers, parameters) = Network("sigmoid", [3, 8, 2], hasBias: true);
        var input = randn(9, 3).requires_grad_();
        Tensor output;
        using (NewDisposeScope())
        {
            output = new DenseChain(layers).Forward(input, parameters).MoveToOuterDisposeScope();
        }

        // What is freed would be taken by these.
        var others = Enumerable.Range(0, 50).Select(_ => full(9 * 80, float.NaN)).ToList();
        output.sum().backward();
        var first = input.grad!.clone();
        input.grad = null;
        new DenseChain(layers).Forward(input, parameters).sum().backward();
        Assert.True(first.Equals(input.grad!), $"{others.Count} tensors were made meanwhile.");
    }

    [Fact]
    public void Takes_OtherFormatsAndImages_LeavesThemToTorch()
    {
        using var scope = NewDisposeScope();
        Assert.True(DenseChain.Takes(zeros(3, 2)));
        Assert.False(DenseChain.Takes(zeros([3, 2], ScalarType.Float64)) || DenseChain.Takes(zeros([3, 2], ScalarType.BFloat16)) || DenseChain.Takes(zeros(3, 2, 4, 4)));
    }

    private static (List<ChainLayer> Layers, Tensor[][] Parameters) Network(string activation, int[] sizes, bool hasBias)
    {
        var layers = new List<ChainLayer>();
        var parameters = new List<Tensor[]>();
        foreach (var (inputs, outputs) in sizes.Zip(sizes.Skip(1)))
        {
            layers.Add(new ChainDense(inputs, outputs));
            layers.Add(KernelFactory.Chain(TestLayers.Default(TechniqueKind.Activation, activation), outputs)!);
            var weight = randn(outputs, inputs).div(Math.Sqrt(inputs)).requires_grad_();
            parameters.Add(hasBias ? [weight, randn(outputs).requires_grad_()] : [weight]);
            parameters.Add([]);
        }

        return (layers, [.. parameters]);
    }

    // The scores of a pass and the gradients of the parameters, which are cleared.
    private static List<Tensor> Results(TrainingPass pass, Tensor gradient, Tensor[][] parameters)
    {
        pass.Backward(gradient);
        List<Tensor> results = [pass.Scores.detach(), .. parameters.SelectMany(own => own).Select(parameter => parameter.grad!.clone())];
        foreach (var parameter in parameters.SelectMany(own => own))
        {
            parameter.grad = null;
        }

        return results;
    }

    private static void Compare(string activation, int rows, int[] sizes, bool hasBias)
    {
        using var scope = NewDisposeScope();
        manual_seed(rows);
        var (layers, parameters) = Network(activation, sizes, hasBias);
        var input = randn(rows, sizes[0]).requires_grad_();
        var gradient = randn(rows, sizes[^1]);

        var output = new DenseChain(layers).Forward(input, parameters);
        output.backward([gradient]);

        var exactInput = Exact(input);
        var exactParameters = parameters.Select(own => own.Select(Exact).ToArray()).ToList();
        var exact = exactParameters.Aggregate(exactInput, (values, own) => own.Length > 0
            ? functional.linear(values, own[0], own.ElementAtOrDefault(1))
            : TestLayers.Build(TestLayers.Activation(activation), [(int)values.shape[1]], NumberFormats.Float64).call(values));
        exact.backward([gradient.to_type(ScalarType.Float64)]);

        AssertClose(exact, output, "output");
        AssertClose(exactInput.grad!, input.grad!, "gradient of the input");
        foreach (var (expected, actual) in exactParameters.SelectMany(own => own).Zip(parameters.SelectMany(own => own)))
        {
            AssertClose(expected.grad!, actual.grad!, $"gradient of {string.Join('x', actual.shape)}");
        }
    }

    private static Tensor Exact(Tensor tensor) => tensor.detach().to_type(ScalarType.Float64).requires_grad_();

    private static void AssertClose(Tensor expected, Tensor actual, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        var error = (actual.to_type(ScalarType.Float64) - expected).abs().max().item<double>();
        Assert.True(error <= 1e-5 * Math.Max(1, expected.abs().max().item<double>()), $"{what}: error {error}");
    }
}

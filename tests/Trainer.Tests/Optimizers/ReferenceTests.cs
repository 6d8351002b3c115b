using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Trainer.Optimizers;

namespace Trainyard.Trainer.Tests.Optimizers;

// 50 steps of every rule, alone and after a weight decay, over the problem of References/optimizers.py, against PyTorch and NumPy, in float64; the learning
// rate is halved after step 25.
public sealed class ReferenceTests
{
    private const int Steps = 50;
    private const double Tolerance = 1e-5;

    private static readonly JsonElement[] Cases =
        [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "References", "optimizers.json"))).RootElement.GetProperty("cases").EnumerateArray()];

    public static TheoryData<int, string> Rules => [.. Cases.Select((one, index) => new TheoryDataRow<int, string>(index, Describe(one)))];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Step_FiftyTimes_FollowsTheReference(int index, string rule)
    {
        using var scope = NewDisposeScope();
        var reference = Cases[index];
        var choice = Choice(reference.GetProperty("optimizer"));
        var shapes = reference.GetProperty("shapes").Deserialize<long[][]>()!;
        var weights = Parts([.. Enumerable.Range(0, shapes.Sum(Size)).Select(position => Math.Cos(position))], shapes).Select(part => part.requires_grad_()).ToArray();
        using var optimizer = OptimizerFactory.Create(choice, weights);
        var decay = reference.TryGetProperty("weightDecay", out var pull)
            ? WeightDecayFactory.Create(Choice(pull), weights)
            : null;
        var expected = reference.GetProperty("weights").EnumerateObject()
            .ToDictionary(step => int.Parse(step.Name), step => step.Value.Deserialize<double[]>()!);
        for (var step = 1; step <= Steps; step++)
        {
            foreach (var (tensor, gradient) in weights.Zip(Parts(Gradient([.. weights.SelectMany(Values)], step), shapes)))
            {
                tensor.grad = gradient;
            }

            var factor = step <= 25 ? 1 : 0.5;
            var rate = choice.Number("learningRate") * factor;
            decay?.Apply(rate, factor);
            optimizer.Step(rate);
            if (expected.TryGetValue(step, out var values))
            {
                AssertClose(values, [.. weights.Select(Point).SelectMany(Values)], $"{rule}, step {step}");
            }
        }

        // The look-ahead form holds u = w + r v, where gradients are taken; the reference records w.
        Tensor Point(Tensor held, int position) => choice.Name == "nesterov" && choice.Text("form") == "look_ahead"
            ? held - (choice.Number("momentum") * optimizer.StateOf(position)[0])
            : held;
    }

    [Fact]
    public void Cases_CoverEveryOptimizerOfTheCatalog() => Assert.Equal(
        TechniqueCatalog.All.Where(entry => entry.Kind == TechniqueKind.Optimizer).Select(entry => entry.Name).Order(),
        Cases.Select(one => one.GetProperty("optimizer").GetProperty("name").GetString()).Distinct().Order());

    [Fact]
    public void Cases_CoverEveryWeightDecayOfTheCatalog() => Assert.Equal(
        TechniqueCatalog.All.Where(entry => entry.Kind == TechniqueKind.WeightDecay).Select(entry => entry.Name).Order(),
        Cases.Select(one => one.TryGetProperty("weightDecay", out var decay) ? decay.GetProperty("name").GetString() : "none").Distinct().Order());

    [Fact]
    public void Create_EveryOptimizer_HasTheStateInTheCatalog()
    {
        using var scope = NewDisposeScope();
        foreach (var definition in TechniqueCatalog.All.Where(entry => entry.Kind == TechniqueKind.Optimizer))
        {
            var choice = new TechniqueChoice(definition.Name, definition.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default!.Value));
            using var optimizer = OptimizerFactory.Create(choice, [ones(2, 3)]);
            Assert.Equal((definition.Name, definition.StateTensors), (definition.Name, optimizer.StateNamesOf(0).Count));
        }
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(6, 20)]
    [InlineData(20, 6)]
    public void Orthogonalize_AnyShape_BringsAllSingularValuesNearOne(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var values = linalg.svdvals(Muon.Orthogonalize(randn(rows, columns, ScalarType.Float64), 8)).data<double>().ToArray();
        Assert.Equal(Math.Min(rows, columns), values.Length);
        Assert.All(values, value => Assert.InRange(value, 0.6, 1.3));
    }

    // The quintic of every singular value, from the matrix's singular value decomposition in float64.
    [Theory]
    [InlineData(16, 144, 16)]
    [InlineData(144, 16, 16)]
    [InlineData(16, 144, 3)]
    [InlineData(16, 144, 1)]
    [InlineData(20, 24, 20)]
    [InlineData(20, 24, 2)]
    public void Orthogonalize_FiveIterationsInFloat32_AreTheQuinticOfTheSingularValues(int rows, int columns, int rank)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        var matrix = randn(rows, rank).mm(randn(rank, columns));
        matrix[1] = 0;
        var (left, values, right) = linalg.svd(matrix.to(ScalarType.Float64), fullMatrices: false);
        var mapped = values / linalg.norm(values);
        for (var iteration = 0; iteration < 5; iteration++)
        {
            mapped = (3.4445 * mapped) - (4.7750 * mapped.pow(3)) + (2.0315 * mapped.pow(5));
        }

        var expected = left.mm(mapped.diag()).mm(right);
        var error = ((Muon.Orthogonalize(matrix, 5).to(ScalarType.Float64) - expected).norm() / expected.norm()).item<double>();
        Assert.True(error < 1e-3, $"The relative error is {error:E1}.");
    }

    [Fact]
    public void Muon_OutputLayer_TakesAdamsStep()
    {
        using var scope = NewDisposeScope();
        var weights = ones(2, 3, ScalarType.Float64).requires_grad_();
        var choice = Choice(Cases.First(one => one.GetProperty("optimizer").GetProperty("name").GetString() == "muon").GetProperty("optimizer"));
        using var optimizer = OptimizerFactory.Create(choice, [weights], output: 0);
        weights.grad = tensor(new[] { 1.0, -2, 3, -4, 5, -6 }, [2, 3]);
        optimizer.Step(0.02);
        // Adam's first step has the length of its rate in every component.
        AssertClose([0.999, 1.001, 0.999, 1.001, 0.999, 1.001], Values(weights), "muon");
    }

    private static void AssertClose(double[] expected, double[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var index = 0; index < expected.Length; index++)
        {
            Assert.True(
                Math.Abs(expected[index] - actual[index]) <= Tolerance * Math.Max(Math.Abs(expected[index]), 1e-3), $"{what}, weight {index}: {actual[index]} instead of {expected[index]}");
        }
    }

    // Distinguishing values first: the names of tests are truncated.
    private static string Describe(JsonElement reference)
    {
        var (optimizer, shapes) = (reference.GetProperty("optimizer"), reference.GetProperty("shapes"));
        var decay = reference.TryGetProperty("weightDecay", out var pull) ? $" after {pull.GetProperty("name")}" : "";
        return $"{optimizer.GetProperty("name")}{decay} over {shapes}: {optimizer} {pull}";
    }

    // Tensors of the given shapes, filled one after the other. Filters lie in memory with channels last, as those of a convolution do.
    private static Tensor[] Parts(double[] values, long[][] shapes)
    {
        var start = 0;
        return [.. shapes.Select(shape =>
        {
            var part = tensor(values[start..(start += Size(shape))], shape);
            return shape.Length == 4 ? part.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : part;
        })];
    }

    private static int Size(long[] shape) => (int)shape.Aggregate(1L, (product, side) => product * side);

    private static double[] Gradient(double[] w, int step) =>
        [.. w.Select((value, i) => ((0.5 + (0.1 * i)) * (value - (0.3 * i) + 1)) + (0.2 * Math.Sin((1.3 * step) + (0.7 * i))))];

    private static double[] Values(Tensor tensor) => tensor.detach().contiguous().data<double>().ToArray();

    private static TechniqueChoice Choice(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        json.EnumerateObject().Where(member => member.Name != "name").Select(member => KeyValuePair.Create(member.Name, member.Value.ValueKind switch
        {
            JsonValueKind.String => (ParameterValue)member.Value.GetString()!,
            JsonValueKind.Number => member.Value.GetDouble(),
            _ => member.Value.GetBoolean(),
        })));
}

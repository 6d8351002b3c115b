using Trainyard.Trainer.Initializers;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Initializers;

public sealed class OrthogonalInitializerTests
{
    [Theory]
    [InlineData(40, 100, 1.0)]
    [InlineData(100, 40, 1.0)]
    [InlineData(60, 60, 2.0)]
    public void Fill_AnyShape_HasOrthogonalRowsOrColumnsOfLengthGain(int outputs, int fanIn, double gain)
    {
        using var scope = NewDisposeScope();
        var matrix = Draw(new OrthogonalInitializer(gain), outputs, fanIn);
        var product = outputs <= fanIn ? matrix.mm(matrix.t()) : matrix.t().mm(matrix);
        Assert.InRange((product - (gain * gain * eye(Math.Min(outputs, fanIn)))).abs().max().item<float>(), 0, 5e-6 * gain * gain);
    }

    [Theory]
    [InlineData(40, 100)]
    [InlineData(100, 40)]
    public void FillScaledAsHe_AnyShape_HasHesVariance(int outputs, int fanIn)
    {
        using var scope = NewDisposeScope();
        var squares = Draw(OrthogonalInitializer.ScaledAsHe(), outputs, fanIn).square().mean().item<float>();
        Assert.Equal(2.0 / fanIn, squares, 1e-5);
    }

    [Fact]
    public void Fill_ManyMatrices_IsUniformOverRotations()
    {
        // Without the sign correction the diagonal would lean to one side; the entries of a random rotation have mean 0 and variance 1 / n.
        using var scope = NewDisposeScope();
        var diagonals = Enumerable.Range(0, 2000).Select(seed => Draw(new OrthogonalInitializer(1), 3, 3, seed).diag().mean().item<float>()).ToArray();
        Assert.Equal(0, diagonals.Average(), 5 * Math.Sqrt(1 / 9.0 / 2000));
    }

    [Fact]
    public void Fill_AnyNumberOfThreads_GivesTheSameWeights()
    {
        using var scope = NewDisposeScope();
        try
        {
            set_num_threads(1);
            var single = Draw(new OrthogonalInitializer(1), 64, 288);
            set_num_threads(2);
            Assert.True(single.Equals(Draw(new OrthogonalInitializer(1), 64, 288)));
            Assert.False(single.Equals(Draw(new OrthogonalInitializer(1), 64, 288, seed: 2)));
        }
        finally
        {
            set_num_threads(2);
        }
    }

    [Theory]
    [InlineData("zeros", 0.0)]
    [InlineData("uniform", 0.3 / 1.7320508075688772)]
    [InlineData("lecun normal", 0.1)]
    [InlineData("lecun uniform", 0.1)]
    public void Fill_OtherDistributions_HaveTheStandardDeviationOfTheirFormula(string name, double std)
    {
        IInitializer initializer = name switch
        {
            "zeros" => new ZeroInitializer(),
            "uniform" => new UniformInitializer(0.3),
            _ => new LeCunInitializer(name.Split(' ')[1]),
        };
        var weights = new float[100_000];
        weights.AsSpan().Fill(9);
        initializer.Fill(weights, new Fan(In: 100, Out: 1000), new RunSeed(1).Stream(RandomPurpose.Weights));
        Assert.Equal(std, Math.Sqrt(weights.Average(weight => (double)weight * weight)), 0.02 * std);
        Assert.Equal(0, weights.Average(weight => (double)weight), 0.02 * std);
        Assert.True(name != "uniform" || weights.Max(Math.Abs) <= 0.3f);
    }

    private static Tensor Draw(OrthogonalInitializer initializer, int outputs, int fanIn, long seed = 1)
    {
        var weights = new float[outputs * fanIn];
        initializer.Fill(weights, new Fan(fanIn, outputs), new RunSeed(seed).Stream(RandomPurpose.Weights));
        return tensor(weights, [outputs, fanIn]);
    }
}

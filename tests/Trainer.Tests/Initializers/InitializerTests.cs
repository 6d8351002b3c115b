using Trainyard.Trainer.Initializers;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Initializers;

public sealed class InitializerTests
{
    private static readonly Fan LayerFan = new(In: 300, Out: 100);

    public static TheoryData<string, double> Cases => new()
    {
        { "normal", 0.01 },
        { "xavier normal average", Math.Sqrt(2.0 / 400) },
        { "xavier uniform average", Math.Sqrt(2.0 / 400) },
        { "xavier normal fan_in", Math.Sqrt(1.0 / 300) },
        { "xavier uniform fan_in", Math.Sqrt(1.0 / 300) },
        { "he normal fan_in", Math.Sqrt(2.0 / 300) },
        { "he uniform fan_in", Math.Sqrt(2.0 / 300) },
        { "he normal fan_out", Math.Sqrt(2.0 / 100) },
        { "he uniform fan_out", Math.Sqrt(2.0 / 100) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fill_ManyWeights_HasMeanZeroAndTheStandardDeviationOfItsFormula(string name, double std)
    {
        var weights = Draw(name, 200_000, seed: 1);
        var mean = weights.Average(weight => (double)weight);
        var measured = Math.Sqrt(weights.Average(weight => (double)weight * weight));
        Assert.Equal(0, mean / std, 0.012);  // five standard errors
        Assert.Equal(1, measured / std, 0.012);
    }

    [Theory]
    [InlineData("xavier uniform average", 0.12247448713915890)]  // sqrt(6 / (300 + 100))
    [InlineData("he uniform fan_in", 0.14142135623730950)]  // sqrt(6 / 300)
    public void Fill_Uniform_ReachesItsBoundAndStaysInside(string name, double bound)
    {
        var weights = Draw(name, 200_000, seed: 1);
        Assert.InRange(weights.Max(), bound * 0.999, bound * 1.000001);
        Assert.InRange(weights.Min(), -bound * 1.000001, -bound * 0.999);
    }

    [Fact]
    public void Fill_Normal_HasTheTailsOfANormalDistribution()
    {
        var beyondTwo = Draw("normal", 200_000, seed: 1).Count(weight => Math.Abs(weight) > 0.02) / 200_000.0;
        Assert.Equal(0.0455, beyondTwo, 0.003);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fill_SameSeed_GivesTheSameWeights(string name, double std)
    {
        Assert.True(std > 0);
        Assert.Equal(Draw(name, 100, seed: 4), Draw(name, 100, seed: 4));
        Assert.NotEqual(Draw(name, 100, seed: 4), Draw(name, 100, seed: 5));
    }

    private static float[] Draw(string name, int count, long seed)
    {
        var words = name.Split(' ');
        IInitializer initializer = words[0] switch
        {
            "normal" => new NormalInitializer(0.01),
            "xavier" => new XavierInitializer(words[1], words[2]),
            _ => new HeInitializer(words[1], words[2]),
        };
        var weights = new float[count];
        initializer.Fill(weights, LayerFan, new RunSeed(seed).Stream(RandomPurpose.Weights));
        return weights;
    }
}

using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Json;
using Trainyard.Specs.Schedules;
using Xunit;

namespace Trainyard.Specs.Tests.Schedules;

public sealed class LearningRateScheduleTests
{
    private static readonly TrainingLength TenEpochs = new(10, 20);

    [Theory]
    [InlineData("constant", 150, 1)]
    [InlineData("linear", 0, 1)]
    [InlineData("linear", 100, 0.5)]
    [InlineData("linear", 199, 0.005)]
    [InlineData("cosine", 0, 1)]
    [InlineData("cosine", 100, 0.5)]
    [InlineData("multistep", 99, 1)]
    [InlineData("multistep", 100, 0.1)]
    [InlineData("multistep", 160, 0.01)]
    [InlineData("exponential", 19, 1)]
    [InlineData("exponential", 20, 0.95)]
    [InlineData("one_cycle", 0, 0.04)]
    [InlineData("one_cycle", 59, 1)]
    [InlineData("one_cycle", 199, 0.000004)]
    public void Factor_DefaultsOverTenEpochsOfTwentySteps_FollowsTheFormula(string name, long step, double expected)
    {
        var schedule = LearningRateSchedule.Create(TechniqueCatalog.Default(TechniqueKind.Schedule, name), TenEpochs);

        Assert.Equal(expected, schedule.Factor(step), 1e-12);
    }

    [Fact]
    public void Factor_StepEveryTwoEpochs_FallsAtTheirEnds()
    {
        var schedule = Create("step", ("every", 2), ("factor", 0.5));

        Assert.Equal([1, 1, 0.5, 0.25], new long[] { 0, 39, 40, 80 }.Select(schedule.Factor));
    }

    [Fact]
    public void Factor_Warmup_RisesEvenlyAndThenStartsTheSchedule()
    {
        var schedule = Create("linear", ("warmup", 1));

        Assert.Equal(1 / 20.0, schedule.Factor(0), 1e-12);
        Assert.Equal(1, schedule.Factor(19), 1e-12);
        Assert.Equal(1, schedule.Factor(20), 1e-12);
        Assert.Equal(0.5, schedule.Factor(20 + 90), 1e-12);
    }

    [Fact]
    public void Factor_CosineInTwoCycles_RestartsInTheMiddle()
    {
        var schedule = Create("cosine", ("cycles", 2), ("minimum", 0.1));

        Assert.Equal(0.55, schedule.Factor(50), 1e-12);
        Assert.Equal(1, schedule.Factor(100), 1e-12);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 1)]
    [InlineData(2, 7)]
    public void Factor_NumbersAtTheEndsOfTheirRanges_IsAShareAtEveryUpdate(int epochs, int stepsPerEpoch)
    {
        var length = new TrainingLength(epochs, stepsPerEpoch);
        Assert.All(TechniqueCatalog.OfKind(TechniqueKind.Schedule), entry =>
        {
            foreach (var parameter in entry.Parameters.Where(parameter => parameter.Kind is ParameterKind.Number or ParameterKind.Integer))
            {
                double[] ends =
                [
                    parameter.MinimumExclusive ? double.Epsilon : parameter.Minimum!.Value, parameter.MaximumExclusive ? Math.BitDecrement(parameter.Maximum!.Value) : parameter.Maximum!.Value,
                ];
                foreach (var end in ends)
                {
                    var values = TechniqueCatalog.Default(TechniqueKind.Schedule, entry.Name).Parameters.ToDictionary();
                    values[parameter.Name] = end;
                    var schedule = LearningRateSchedule.Create(new TechniqueChoice(entry.Name, values), length);
                    Assert.All(Enumerable.Range(0, (int)length.Steps), step => Assert.InRange(schedule.Factor(step), 0, 1));
                }
            }
        });
    }

    [Fact]
    public void EpochEnded_NoImprovementForLongerThanThePatience_LowersTheFactor()
    {
        var schedule = Create("plateau", ("patience", 1), ("factor", 0.5), ("minimum", 0.3));
        var factors = new List<double>();
        foreach (var loss in new[] { 1.0, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9 })
        {
            schedule.EpochEnded(loss, 0);
            factors.Add(schedule.Factor(0));
        }

        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.3, 0.3, 0.3], factors);
    }

    [Fact]
    public void State_SetOnAFreshSchedule_ContinuesWhereTheOtherWas()
    {
        var first = Create("plateau", ("patience", 0), ("factor", 0.5));
        first.EpochEnded(1, 0);
        first.EpochEnded(1, 0);
        var second = Create("plateau", ("patience", 0), ("factor", 0.5));
        second.State = first.State;

        first.EpochEnded(1, 0);
        second.EpochEnded(1, 0);

        Assert.Equal(first.Factor(0), second.Factor(0));
        Assert.Equal(0.25, second.Factor(0));
    }

    [Fact]
    public void Factor_EveryUpdateOfEverySchedule_EqualsPyTorch()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Schedules", "schedules.json")));
        var losses = document.RootElement.GetProperty("losses").Deserialize<double[]>()!;
        foreach (var reference in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            var choice = reference.GetProperty("schedule").Deserialize<TechniqueChoice>(SpecJson.Options)!;
            var expected = reference.GetProperty("factors").Deserialize<double[]>()!;
            var schedule = LearningRateSchedule.Create(choice, expected.Length == TenEpochs.Steps ? TenEpochs : new TrainingLength(1, expected.Length));
            for (var step = 0; step < expected.Length; step++)
            {
                Assert.True(Math.Abs(expected[step] - schedule.Factor(step)) < 1e-7, $"{choice} at step {step}: expected {expected[step]}, got {schedule.Factor(step)}");
                if ((step + 1) % TenEpochs.StepsPerEpoch == 0)
                {
                    schedule.EpochEnded(losses[step / TenEpochs.StepsPerEpoch], 0);
                }
            }
        }
    }

    [Fact]
    public void Factor_AtTheEdgesOfScheduleAndTraining_EqualsPyTorch()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Schedules", "schedules.json")));
        var edges = document.RootElement.GetProperty("edges").EnumerateArray().ToArray();
        Assert.True(edges.Length > 60, $"{edges.Length} edges");
        Assert.All(edges, edge =>
        {
            var choice = edge.GetProperty("schedule").Deserialize<TechniqueChoice>(SpecJson.Options)!;
            var length = new TrainingLength(edge.GetProperty("epochs").GetInt32(), edge.GetProperty("stepsPerEpoch").GetInt32());
            var schedule = LearningRateSchedule.Create(choice, length);
            var expected = edge.GetProperty("factors").Deserialize<double[]>()!;
            Assert.Equal(length.Steps, expected.Length);
            for (var step = 0; step < expected.Length; step++)
            {
                Assert.True(Math.Abs(expected[step] - schedule.Factor(step)) < 1e-7, $"{choice}, {length}, step {step}: expected {expected[step]}, got {schedule.Factor(step)}");
            }

            Assert.Equal(expected.Max(), schedule.LargestFactor(length.Steps), 1e-7);
        });
    }

    // Stopped and continued, a training has the factors of an uninterrupted one; extended, those of the longer training from there on.
    [Theory]
    [InlineData("step")]
    [InlineData("multistep")]
    [InlineData("exponential")]
    [InlineData("cosine")]
    [InlineData("one_cycle")]
    [InlineData("linear")]
    [InlineData("plateau")]
    public void Factor_ContinuedInTheMiddle_IsThatOfTheWholeTraining(string name)
    {
        var (whole, first) = (Create(name), Create(name));
        var losses = new[] { 1, 1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5 };
        const int Half = 7;
        for (var epoch = 0; epoch < Half; epoch++)
        {
            first.EpochEnded(losses[epoch], 0);
        }

        var continued = Create(name);
        continued.State = first.State;
        for (var epoch = 0; epoch < losses.Length; epoch++)
        {
            if (epoch >= Half)
            {
                Assert.All(Enumerable.Range(20 * epoch, 20), step => Assert.Equal(whole.Factor(step), continued.Factor(step)));
                continued.EpochEnded(losses[epoch], 0);
            }

            whole.EpochEnded(losses[epoch], 0);
        }
    }

    private static LearningRateSchedule Create(string name, params (string Name, double Value)[] changes)
    {
        var parameters = TechniqueCatalog.Default(TechniqueKind.Schedule, name).Parameters.ToDictionary();
        foreach (var (parameter, value) in changes)
        {
            parameters[parameter] = value;
        }

        return LearningRateSchedule.Create(new TechniqueChoice(name, parameters), TenEpochs);
    }
}

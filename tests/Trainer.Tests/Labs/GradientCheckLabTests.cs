using Trainyard.Specs.Catalog;
using Trainyard.Specs.Labs;
using Trainyard.Trainer.Labs;

namespace Trainyard.Trainer.Tests.Labs;

public sealed class GradientCheckLabTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_EveryLayerActivationAndLoss_PassesAndCostsMore(int seed)
    {
        var result = (GradientCheckResult)LabRunner.Run(new GradientCheckRequest { Seed = seed }, TimeProvider.System);
        Assert.All(result.Entries, entry => Assert.True(entry.Passed, $"{entry.Name} {entry.Settings}: {entry.RelativeError}"));
        Assert.All(
            TechniqueCatalog.OfKind(TechniqueKind.Layer).Where(layer => layer.Name != "activation").Concat(TechniqueCatalog.OfKind(TechniqueKind.Activation)),
            technique => Assert.Contains(technique.Name, result.Entries.Select(entry => entry.Name)));
        Assert.True(result.Entries.Sum(entry => entry.NumericalSeconds) > 2 * result.Entries.Sum(entry => entry.BackpropagationSeconds));
    }

    [Fact]
    public void Run_StepSizes_TruncationThenRounding()
    {
        var result = (GradientCheckResult)LabRunner.Run(new GradientCheckRequest(), TimeProvider.System);
        double Central(double step) => result.Steps.Single(error => Math.Abs((error.Step / step) - 1) < 1e-6).Central;
        Assert.InRange(Central(0.1) / Central(0.01), 50, 200); // the error falls with h^2
        Assert.True(Central(1e-12) > 100 * Central(1e-5), "Rounding prevails for small steps.");
        Assert.All(result.Steps.Where(error => error.Step > 1e-4), error => Assert.True(error.Forward > error.Central, $"{error.Step}"));
    }

    [Fact]
    public void Run_LargeStep_FailsTheCheck() =>
        Assert.Contains(((GradientCheckResult)LabRunner.Run(new GradientCheckRequest { Step = 0.01 }, TimeProvider.System)).Entries, entry => !entry.Passed);
}

using Trainyard.Specs.Catalog;
using Trainyard.Trainer.Optimizers;

namespace Trainyard.Trainer.Tests.Optimizers;

/// <summary>Rules in one pass over memory against the same rules as tensor operations in float64, which ReferenceTests compares with PyTorch.</summary>
public sealed class UpdateKernelTests
{
    private const int Steps = 20;

    public static TheoryData<string> Optimizers => [.. TechniqueCatalog.OfKind(TechniqueKind.Optimizer).Select(entry => entry.Name)];

    public static TheoryData<string> Decays => [.. TechniqueCatalog.OfKind(TechniqueKind.WeightDecay).Select(entry => entry.Name).Where(name => name != "none")];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Step_Float32_IsTheRuleInFloat64WithinRounding(string name)
    {
        using var scope = NewDisposeScope();
        // Sizes around a vector's, and one that several threads share.
        foreach (var count in (int[])[1, 7, 8, 31, 70_003])
        {
            var (single, exact) = (Start(count, ScalarType.Float32), Start(count, ScalarType.Float64));
            using var optimizer = OptimizerFactory.Create(TechniqueCatalog.Default(TechniqueKind.Optimizer, name), [single]);
            using var reference = OptimizerFactory.Create(TechniqueCatalog.Default(TechniqueKind.Optimizer, name), [exact]);
            for (var step = 1; step <= Steps; step++)
            {
                (single.grad, exact.grad) = (Gradient(count, step, ScalarType.Float32), Gradient(count, step, ScalarType.Float64));
                optimizer.Step(0.01);
                reference.Step(0.01);
            }

            AssertClose(exact, single);
            Assert.All(optimizer.StateOf(0).Zip(reference.StateOf(0)), state => AssertClose(state.Second, state.First));
        }
    }

    [Theory]
    [MemberData(nameof(Decays))]
    public void Apply_Float32_IsTheDecayInFloat64WithinRounding(string name)
    {
        using var scope = NewDisposeScope();
        var (single, exact) = (Start(1003, ScalarType.Float32).reshape(17, 59), Start(1003, ScalarType.Float64).reshape(17, 59));
        (single.grad, exact.grad) = (Gradient(1003, 1, ScalarType.Float32).reshape(17, 59), Gradient(1003, 1, ScalarType.Float64).reshape(17, 59));
        var choice = TechniqueCatalog.Default(TechniqueKind.WeightDecay, name);
        WeightDecayFactory.Create(choice, [single])!.Apply(0.1, 0.5);
        WeightDecayFactory.Create(choice, [exact])!.Apply(0.1, 0.5);
        AssertClose(exact, single);
        AssertClose(exact.grad!, single.grad!);
    }

    private static Tensor Start(int count, ScalarType format) => arange(count, ScalarType.Float64).mul(0.7).sin().to_type(format);

    private static Tensor Gradient(int count, int step, ScalarType format) => arange(count, ScalarType.Float64).mul(1.3).add(step).cos().mul(0.5).to_type(format);

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(ScalarType.Float32, actual.dtype);
        Assert.True(actual.to_type(ScalarType.Float64).allclose(expected, 1e-4, 1e-5), $"{expected.sub(actual).abs().max().item<double>()} apart.");
    }
}

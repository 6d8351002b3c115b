using TorchSharp.Modules;
using Trainyard.Specs.Catalog;
using Trainyard.Trainer.Optimizers;

namespace Trainyard.Trainer.Tests.Optimizers;

public sealed class FlatParametersTests
{
    [Fact]
    public void Create_ParametersOfAnyLayout_KeepValuesShapesAndOrderInMemory()
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        Tensor[] before = [.. parameters.Select(parameter => parameter.detach().clone())];
        using var flat = new FlatParameters(parameters);
        Assert.All(parameters.Zip(before), pair =>
        {
            Assert.True(pair.First.detach().Equals(pair.Second));
            Assert.Equal(pair.Second.stride(), pair.First.stride());
            Assert.True(pair.First.requires_grad);
        });
        Assert.Equal(before.Where(tensor => tensor.dim() > 1).Sum(tensor => tensor.square().sum().item<float>()), flat.Matrices.square().sum().item<float>(), 1e-3f);
        Assert.Equal(before.Sum(tensor => tensor.square().sum().item<float>()), flat.All.square().sum().item<float>(), 1e-3f);
    }

    [Fact]
    public void Backward_AfterClearing_WritesIntoTheFlatGradient()
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        using var flat = new FlatParameters(parameters);
        for (var pass = 0; pass < 2; pass++)
        {
            Assert.Equal(0, flat.All.grad!.abs().sum().item<float>());
            parameters.Select(parameter => parameter.square().sum()).Aggregate((sum, next) => sum + next).backward();
            Assert.All(parameters, parameter => Assert.True(parameter.grad!.Equals(parameter.detach().mul(2))));
            Assert.True(flat.All.grad!.Equals(flat.All.mul(2)));
            flat.ClearGradients();
        }
    }

    [Fact]
    public void Step_OverAllAsOne_IsTheStepOfEachParameter()
    {
        using var scope = NewDisposeScope();
        var (together, apart) = (Parameters(), Parameters());
        using var flat = new FlatParameters(together);
        var choice = TechniqueCatalog.Default(TechniqueKind.Optimizer, "adam");
        using var one = OptimizerFactory.Create(choice, flat, output: null);
        using var each = OptimizerFactory.Create(choice, apart);
        for (var step = 0; step < 3; step++)
        {
            together.Select(parameter => parameter.pow(4).sum()).Aggregate((sum, next) => sum + next).backward();
            apart.Select(parameter => parameter.pow(4).sum()).Aggregate((sum, next) => sum + next).backward();
            one.Step(0.01);
            each.Step(0.01);
            flat.ClearGradients();
            apart.ToList().ForEach(parameter => parameter.grad = null);
        }

        Assert.All(together.Zip(apart), pair => Assert.True(pair.First.detach().allclose(pair.Second.detach(), 1e-5, 1e-7)));
    }

    // A matrix, filters with channels last in memory, and a vector whose size is no multiple of a vector register's.
    private static Parameter[] Parameters() =>
    [
        new(arange(35, ScalarType.Float32).sin().reshape(5, 7)),
        new(arange(3, ScalarType.Float32).cos()),
        new(arange(54, ScalarType.Float32).cos().reshape(2, 3, 3, 3).permute(0, 3, 1, 2)),
    ];
}

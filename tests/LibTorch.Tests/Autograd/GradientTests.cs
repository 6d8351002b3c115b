using System.Runtime.InteropServices;
using TorchSharp.Modules;

namespace Trainyard.LibTorch.Tests.Autograd;

public sealed class GradientTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Backward_TwicePassed_Accumulates()
    {
        var x = tensor(new[] { 1f, 2f, 3f }, requires_grad: true);
        Assert.True(x.grad is null);

        x.square().sum().backward();
        Close.To([2, 4, 6], x.grad!);

        x.square().sum().backward();
        Close.To([4, 8, 12], x.grad!);
    }

    [Fact]
    public void Grad_SetToNull_StartsAgain()
    {
        var x = tensor(new[] { 1f, 2f }, requires_grad: true);
        x.sum().backward();
        x.grad = null;
        Assert.True(x.grad is null);

        x.grad = full([2], 0.5f);
        x.sum().backward();
        Close.To([1.5, 1.5], x.grad!);
    }

    [Fact]
    public void NoGrad_RecordsNothing_AndRestores()
    {
        var x = ones(2, requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }

            Assert.False(is_grad_enabled());
        }

        Assert.True((x * 2).requires_grad);
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
        }

        Assert.False(is_inference_mode_enabled());
    }

    [Fact]
    public void Detach_SharesElements_WithoutHistory()
    {
        var x = ones(2, requires_grad: true);
        var y = (x * 3).detach();
        Assert.False(y.requires_grad);
        Assert.True(y.is_leaf);
        Assert.False((x * 3).is_leaf);

        var shared = x.detach();
        shared.fill_(7);
        Close.To([7, 7], x);
    }

    [Fact]
    public void Grad_OfGrad_IsSecondDerivative()
    {
        var x = tensor(new[] { 2.0 }, requires_grad: true);
        var first = autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0];
        var second = autograd.grad([first.sum()], [x])[0];
        Close.To([12], first);
        Close.To([12], second);
    }

    [Fact]
    public void Backward_GradTensors_WeighTheOutputs()
    {
        var x = tensor(new[] { 1f, 2f }, requires_grad: true);
        (x * x).backward([tensor(new[] { 10f, 100f })]);
        Close.To([20, 400], x.grad!);
    }

    [Fact]
    public void Backward_OfVectorWithoutWeights_Throws()
    {
        var x = ones(2, requires_grad: true);
        var error = Assert.Throws<ExternalException>(() => (x * 2).backward());
        Assert.Contains("scalar outputs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InPlace_OnLeafThatNeedsGradient_Throws()
    {
        var x = ones(2, requires_grad: true);
        var error = Assert.Throws<ExternalException>(() => x.add_(1));
        Assert.Contains("leaf", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Parameter_TakesTheTensorOver_AndRequiresGradient()
    {
        var data = zeros(2, 3);
        var parameter = nn.Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.True(parameter.is_leaf);
        Assert.Equal([2, 3], parameter.shape);
        Assert.True(_scope.Contains(parameter));
    }

    [Fact]
    public void ClipGradNorm_ScalesTogether_AndReturnsNormBefore()
    {
        var a = new Parameter(zeros(2));
        var b = new Parameter(zeros(1));
        var without = new Parameter(zeros(1));
        a.grad = tensor(new[] { 3f, 0f });
        b.grad = tensor(new[] { 4f });

        Assert.Equal(5, nn.utils.clip_grad_norm_([a, b, without], 1), 1e-5);
        Close.To([0.6, 0], a.grad!, 1e-5);
        Close.To([0.8], b.grad!, 1e-5);

        Assert.Equal(1, nn.utils.clip_grad_norm_([a, b], 10), 1e-5);
        Close.To([0.8], b.grad!, 1e-5);
    }

    [Fact]
    public void ClipGradValue_BoundsEveryElement()
    {
        var a = new Parameter(zeros(3));
        a.grad = tensor(new[] { 3f, -0.1f, -2f });
        nn.utils.clip_grad_value_([a], 0.5);
        Close.To([0.5, -0.1, -0.5], a.grad!);
    }
}

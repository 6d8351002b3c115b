using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Tests.Kernels;

/// <summary>The kernels, as nodes of torch's graph, hold no more tensors than they need.</summary>
public sealed class GraphMemoryTests
{
    private const int Channels = 16;

    private static readonly BatchNormActivation Kernel = KernelFactory.BatchNorm(null, pools: false)!;

    [Fact]
    public void Forward_OneFunction_MakesItsOutputAlone()
    {
        using var scope = NewDisposeScope();
        var (input, scale, shift) = Inputs();
        var before = Tensor.TotalCount;

        Kernel.Forward(input, scale, shift, 1e-5);

        Assert.Equal(before + 1, Tensor.TotalCount);
    }

    [Fact]
    public void Backward_MoreFunctions_LeavesAsManyTensorsAsOne()
    {
        Assert.Equal(TensorsOfBackward(depth: 1), TensorsOfBackward(depth: 8));
    }

    [Fact]
    public void Backward_InputUsedTwice_AddsBothGradients()
    {
        using var scope = NewDisposeScope();
        var (input, scale, shift) = Inputs();
        using var other = input.detach().requires_grad_();
        var weights = rand_like(input);

        (Kernel.Forward(input, scale, shift, 1e-5).Output + Kernel.Forward(input, scale, shift, 1e-5).Output).mul(weights).sum().backward();
        Kernel.Forward(other, scale, shift, 1e-5).Output.mul(weights).sum().backward();

        Assert.True(allclose(input.grad!, 2 * other.grad!, rtol: 1e-4, atol: 1e-5));
        Assert.True(other.grad!.abs().max().item<float>() > 1e-3);
    }

    // Tensors that a backward pass through that many functions adds to those of this process.
    private static long TensorsOfBackward(int depth)
    {
        using var scope = NewDisposeScope();
        var (value, scale, shift) = Inputs();
        for (var count = 0; count < depth; count++)
        {
            value = Kernel.Forward(value, scale, shift, 1e-5).Output;
        }

        var sum = value.sum();
        var before = Tensor.TotalCount;
        sum.backward();
        return Tensor.TotalCount - before;
    }

    private static (Tensor Input, Tensor Scale, Tensor Shift) Inputs() =>
        (randn(8, 6, 6, Channels).permute(0, 3, 1, 2).requires_grad_(), ones(Channels).requires_grad_(), zeros(Channels).requires_grad_());
}

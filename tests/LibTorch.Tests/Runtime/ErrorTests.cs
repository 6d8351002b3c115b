using System.Runtime.InteropServices;

namespace Trainyard.LibTorch.Tests.Runtime;

public sealed class ErrorTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Operator_ShapeMismatch_ThrowsLibtorchsMessage()
    {
        var error = Assert.Throws<ExternalException>(() => zeros(2, 3).mm(zeros(2, 3)));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Operator_AfterAnError_WorksAgain()
    {
        Assert.Throws<ExternalException>(() => zeros(3) + zeros(4));
        Assert.Equal(3, ones(3).sum().item<float>());
        CheckForErrors();
    }

    [Fact]
    public void Errors_OnTwoThreads_StayApart()
    {
        Parallel.For(2, 34, n =>
        {
            using var scope = NewDisposeScope();
            var error = Assert.Throws<ExternalException>(() => zeros(n, n + 1).mm(zeros(n, n + 1)));
            Assert.Contains($"({n}x{n + 1} and {n}x{n + 1})", error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Device_CudaWithoutGpu_SaysSo()
    {
        Assert.SkipWhen(cuda.is_available(), "This machine has a GPU.");
        Assert.Equal(0, cuda.device_count());
        Assert.Throws<InvalidOperationException>(() => device("cuda"));
        Assert.Throws<InvalidOperationException>(() => ones(1).to("cuda"));
    }
}

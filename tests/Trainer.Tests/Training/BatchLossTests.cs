using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Training;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Tests.Training;

public sealed class BatchLossTests
{
    // The kernel computes float32, torch's operations float64.
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Loss_WithSmoothing_IsMinimizedSmoothedAndReportedPlain(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var metrics = new Meter(CPU);
        var weights = tensor([1.0, -2, 0.5, 0.25, 3, -1], [3, 2], dtype: type).requires_grad_();
        var samples = tensor([1.0, 2, -1, 0.5], [2, 2], dtype: type);
        var labels = tensor([1L, 0L]);
        var exact = weights.detach().to_type(ScalarType.Float64).requires_grad_();
        var exactScores = samples.to_type(ScalarType.Float64).matmul(exact.t());
        var expected = functional.cross_entropy(exactScores, labels, label_smoothing: 0.2);
        expected.backward();

        var loss = BatchLoss.Of(new GraphPass(samples.matmul(weights.t())), labels, smoothing: 0.2);
        loss.Backward();
        loss.AddTo(metrics);
        loss.AddTo(metrics);

        Assert.Equal(expected.item<double>(), loss.Value, 1e-6);
        Assert.True(weights.grad!.to_type(ScalarType.Float64).allclose(exact.grad!, atol: 1e-6));
        var reading = metrics.Read();
        Assert.Equal((4, 2 * exactScores.argmax(1).eq(labels).sum().item<long>()), (reading.Samples, reading.Correct));
        Assert.Equal(functional.cross_entropy(exactScores, labels).item<double>(), reading.Loss, 1e-6);
    }
}

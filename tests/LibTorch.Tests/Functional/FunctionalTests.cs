namespace Trainyard.LibTorch.Tests.Functional;

public sealed class FunctionalTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Conv2d_ByHand()
    {
        var image = arange(9).to(float32).view(1, 1, 3, 3);
        var kernel = tensor(new[] { 1f, 0f, 0f, -1f }, [1, 1, 2, 2]);
        Close.To([-4 + 10, -4 + 10, -4 + 10, -4 + 10], F.conv2d(image, kernel, tensor(new[] { 10f })));
        Assert.Equal([1, 1, 4, 4], F.conv2d(image, kernel, padding: [1, 1]).shape);
        Assert.Equal([1, 1, 1, 1], F.conv2d(image, kernel, strides: [2, 2]).shape);
        Assert.Equal([1, 1, 1, 1], F.conv2d(image, kernel, dilation: [2, 2]).shape);
    }

    [Fact]
    public void Pooling_ByHand()
    {
        var image = arange(16).to(float32).view(1, 1, 4, 4);
        Close.To([5, 7, 13, 15], F.max_pool2d(image, 2));
        Close.To([2.5, 4.5, 10.5, 12.5], F.avg_pool2d(image, 2));
        Close.To([7.5], F.adaptive_avg_pool2d(image, 1));
        Close.To([15], F.adaptive_max_pool2d(image, [1, 1]));
        Assert.Equal([1, 1, 3, 3], F.max_pool2d(image, 3, stride: 1, padding: 0).shape[..2].Concat([3L, 3L]));
        Assert.Equal([1, 4, 9], F.unfold(image, 2).shape);
    }

    [Fact]
    public void BatchNorm_Training_NormalizesAndMovesTheStatistics()
    {
        var x = tensor(new[] { 1f, 2f, 3f, 4f }, [4, 1]);
        var mean = zeros(1);
        var variance = ones(1);
        var y = F.batch_norm(x, mean, variance, training: true, momentum: 0.1, eps: 0);
        var spread = Math.Sqrt(1.25);
        Close.To([-1.5 / spread, -0.5 / spread, 0.5 / spread, 1.5 / spread], y, 1e-5);
        Close.To([0.25], mean);
        Close.To([0.9 + (0.1 * 5 / 3)], variance);

        var evaluated = F.batch_norm(x, mean, variance, tensor(new[] { 2f }), tensor(new[] { 1f }), training: false, eps: 0);
        Close.To([1 + (2 * 0.75 / Math.Sqrt(0.9 + (0.5 / 3)))], evaluated[0], 1e-5);
    }

    [Fact]
    public void BatchNorm_Bfloat16Input_TakesFloat32Parameters()
    {
        var y = F.batch_norm(randn(8, 3, 4, 4).to(bfloat16), zeros(3), ones(3), ones(3), zeros(3), training: true);
        Assert.Equal(bfloat16, y.dtype);
    }

    [Fact]
    public void Dropout_ZeroesAShareAndKeepsTheMean()
    {
        var x = ones(10_000);
        var y = F.dropout(x, 0.25);
        Assert.Equal(0.25, y.eq(0).to(float32).mean().item<float>(), 0.03);
        Assert.Equal(4f / 3, y.max().item<float>(), 1e-6);
        Close.To(Close.Elements(x), F.dropout(x, 0.25, training: false));

        // Whole channels of [N, C, H, W].
        var channels = F.dropout2d(ones(50, 20, 2, 2), 0.5).view(1000, 4).sum(1);
        Assert.All(channels.data<float>().ToArray(), sum => Assert.True(sum is 0 or 8));
    }

    [Fact]
    public void Activations_InClosedForm()
    {
        var x = tensor(new[] { -2.0, 0.5 });
        Close.To([0, 0.5], F.relu(x));
        Close.To([-0.02, 0.5], F.leaky_relu(x));
        Close.To([Math.Exp(-2) - 1, 0.5], F.elu(x, 1));
        Close.To([1.0507009873554805 * 1.6732632423543772 * (Math.Exp(-2) - 1), 1.0507009873554805 * 0.5], F.selu(x));
        Close.To([-2 / (1 + Math.Exp(2)), 0.5 / (1 + Math.Exp(-0.5))], F.silu(x));
        Close.To([-0.04550026389635842, 0.34573123063700656], F.gelu(x));
        Close.To([-0.2, 0.5], F.prelu(x, tensor(new[] { 0.1 })));
        Close.To([Math.Tanh(-2), Math.Tanh(0.5)], F.tanh(x));
        var e = Math.Exp(2.5);
        Close.To([1 / (1 + e), e / (1 + e)], F.softmax(x, 0));
        Close.To([-Math.Log(1 + e), 2.5 - Math.Log(1 + e)], F.log_softmax(x, 0));
    }

    [Fact]
    public void Activation_InPlace_ChangesTheInput_ThroughAHandleOfItsOwn()
    {
        var x = tensor(new[] { -1f, 2f });
        using (var y = F.relu(x, inplace: true))
        {
            Assert.NotSame(x, y);
        }

        Close.To([0, 2], x);
    }

    [Fact]
    public void CrossEntropy_InClosedForm()
    {
        var logits = tensor(new double[,] { { 0, Math.Log(3) }, { 0, 0 } });
        var target = tensor(new long[] { 1, 0 });
        double a = -Math.Log(0.75), b = -Math.Log(0.5);
        Close.To([(a + b) / 2], F.cross_entropy(logits, target));
        Close.To([a + b], F.cross_entropy(logits, target, reduction: nn.Reduction.Sum));
        Close.To([a, b], F.cross_entropy(logits, target, reduction: nn.Reduction.None));
        Close.To([((3 * a) + b) / 4], F.cross_entropy(logits, target, weight: tensor(new[] { 1.0, 3.0 })));
        Close.To([a], F.cross_entropy(logits, tensor(new long[] { 1, -100 })));

        // Smoothing s: (1 - s) on the target and s / classes on each.
        var smooth = (0.9 * a) + (0.05 * (a - Math.Log(0.25)));
        Close.To([smooth], F.cross_entropy(logits[..1], target[..1], label_smoothing: 0.1));
        Close.To([(a + b) / 2], F.nll_loss(F.log_softmax(logits, 1), target));
    }

    [Fact]
    public void OtherLosses_InClosedForm()
    {
        var x = tensor(new[] { 0.0, 2.0 });
        Close.To([(1 + 4) / 2.0], F.mse_loss(x, tensor(new[] { 1.0, 0.0 })));
        Close.To([Math.Log(2), 2 + Math.Log(1 + Math.Exp(-2))], F.binary_cross_entropy_with_logits(x, tensor(new[] { 1.0, 0.0 }), reduction: nn.Reduction.None));
        Close.To([0, 0, 1, 1, 0, 0], F.one_hot(tensor(new long[] { 2, 0 }), 3));
    }

    [Fact]
    public void Pad_ByHand()
    {
        var x = tensor(new[] { 1f, 2f, 3f }, [1, 3]);
        Close.To([0, 1, 2, 3, 0, 0], F.pad(x, [1, 2]));
        Close.To([9, 1, 2, 3], F.pad(x, [1, 0], value: 9));
        Close.To([2, 1, 2, 3, 2], F.pad(x, [1, 1], PaddingModes.Reflect));
        Close.To([1, 1, 2, 3, 3], F.pad(x, [1, 1], PaddingModes.Replicate));
    }

    [Fact]
    public void Bfloat16_Convolution_IsCloseToFloat32()
    {
        var image = randn(2, 3, 8, 8);
        var kernel = randn(4, 3, 3, 3);
        var exact = F.conv2d(image, kernel);
        var narrow = F.conv2d(image.to(bfloat16), kernel.to(bfloat16));
        Assert.Equal(bfloat16, narrow.dtype);
        Assert.True((narrow.to(float32) - exact).norm().item<float>() < 0.02 * exact.norm().item<float>());
    }
}

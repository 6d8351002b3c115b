namespace Trainyard.LibTorch.Tests.Autograd;

public sealed class LayerGradientTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public LayerGradientTests() => manual_seed(5);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Conv2d_StridePaddingGroups_MatchesDifferences() =>
        GradientCheck.Of(
            x => F.conv2d(x[0], x[1], x[2], strides: [2, 1], padding: [1, 1], groups: 2),
            Draw(2, 4, 5, 4), Draw(6, 2, 3, 3), Draw(6));

    [Fact]
    public void Linear_MatchesDifferences() =>
        GradientCheck.Of(x => F.linear(x[0], x[1], x[2]), Draw(3, 4), Draw(5, 4), Draw(5));

    [Fact]
    public void BatchNorm_Training_MatchesDifferences()
    {
        // The running statistics move at every call, which must not matter to the output.
        var mean = zeros(3, dtype: float64);
        var variance = ones(3, dtype: float64);
        GradientCheck.Of(x => F.batch_norm(x[0], mean, variance, x[1], x[2], training: true), Draw(4, 3, 2, 2), Draw(3), Draw(3));
    }

    [Fact]
    public void BatchNorm_Evaluation_MatchesDifferences()
    {
        var mean = Draw(3);
        var variance = Draw(3).abs() + 0.5;
        GradientCheck.Of(x => F.batch_norm(x[0], mean, variance, x[1], x[2], training: false), Draw(4, 3, 2, 2), Draw(3), Draw(3));
    }

    [Fact]
    public void Pooling_MatchesDifferences()
    {
        GradientCheck.Of(x => F.avg_pool2d(x[0], 2, stride: 1), Draw(1, 2, 4, 4));
        GradientCheck.Of(x => F.max_pool2d(x[0], 2), Draw(1, 2, 4, 4));
        GradientCheck.Of(x => F.adaptive_avg_pool2d(x[0], 1), Draw(1, 2, 3, 3));
        GradientCheck.Of(x => F.adaptive_max_pool2d(x[0], [2, 2]), Draw(1, 2, 4, 4));
    }

    [Fact]
    public void Activations_MatchDifferences()
    {
        Func<Tensor, Tensor>[] functions =
        [
            x => F.relu(x), x => F.leaky_relu(x, 0.2), x => F.elu(x, 1.5), x => F.selu(x), x => F.silu(x), x => F.gelu(x),
            x => F.sigmoid(x), x => F.tanh(x), x => F.softplus(x), x => F.softmax(x, 1), x => F.log_softmax(x, 1),
        ];
        foreach (var function in functions)
        {
            GradientCheck.Of(x => function(x[0]), Draw(3, 4));
        }

        GradientCheck.Of(x => F.prelu(x[0], x[1]), Draw(2, 3), Draw(3));
    }

    [Fact]
    public void CrossEntropy_LabelSmoothing_MatchesDifferences()
    {
        var classes = tensor(new long[] { 1, 0, 3 });
        GradientCheck.Of(x => F.cross_entropy(x[0], classes, label_smoothing: 0.1), Draw(3, 4));
    }

    [Fact]
    public void Losses_MatchDifferences()
    {
        var target = rand(3, 4, dtype: float64);
        GradientCheck.Of(x => F.mse_loss(x[0], target), Draw(3, 4));
        GradientCheck.Of(x => F.binary_cross_entropy_with_logits(x[0], target), Draw(3, 4));
        GradientCheck.Of(x => F.nll_loss(x[0], tensor(new long[] { 2, 0, 1 })), Draw(3, 4));
    }

    private static Tensor Draw(params long[] shape) => randn(shape, dtype: float64);
}

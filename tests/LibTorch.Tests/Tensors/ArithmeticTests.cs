namespace Trainyard.LibTorch.Tests.Tensors;

public sealed class ArithmeticTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _a = tensor(new[] { 1f, 2f, 4f });
    private readonly Tensor _b = tensor(new[] { 3f, 5f, -1f });

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Operators_BetweenTensorsAndNumbers()
    {
        Close.To([4, 7, 3], _a + _b);
        Close.To([-2, -3, 5], _a - _b);
        Close.To([3, 10, -4], _a * _b);
        Close.To([1.0 / 3, 0.4, -4], _a / _b);
        Close.To([2, 3, 5], _a + 1);
        Close.To([0, 1, 3], _a - 1.0);
        Close.To([9, 8, 6], 10 - _a);
        Close.To([0.5, 1, 2], _a * 0.5);
        Close.To([8, 4, 2], 8.0 / _a);
        Close.To([-1, -2, -4], -_a);
        Close.To([1, 0, 0], _a % 2f);
        Close.To([1, 2, 4], _a);
    }

    [Fact]
    public void Comparisons_ReturnMasks()
    {
        Close.To([1, 1, 0], _a < _b);
        Close.To([0, 1, 1], _a >= (Scalar)2);
        Close.To([0, 1, 0], _a.eq(2));
        Close.To([1, 0, 1], _a.ne(2));
        Close.To([0, 1, 0], (_a > (Scalar)1).logical_and(_a < (Scalar)3));
        Assert.True(_a.allclose(_a + 1e-9));
        Assert.False(_a.allclose(_b));
        Assert.True((_a > (Scalar)0).all().item<bool>());
        Assert.False((_a > (Scalar)9).any().item<bool>());
    }

    [Fact]
    public void InPlace_ChangesAndReturnsTheTensor()
    {
        var x = _a.clone();
        Assert.Same(x, x.add_(_b));
        Close.To([4, 7, 3], x);
        Close.To([10, 17, 1], x.add_(_b, alpha: 2));
        Close.To([20, 34, 2], x.mul_(2));
        Close.To([19, 33, 1], x.sub_(1));
        Close.To([9.5, 16.5, 0.5], x.div_(2));
        Close.To([0, 0, 0], x.zero_());
        Close.To([3, 10, -4], x.addcmul_(_a, _b, 1));
        Close.To([3 + 2.0 / 3, 10.8, -12], x.addcdiv_(_a, _b, 2));
        Close.To([1, 2, 4], x.copy_(_a));
        Close.To([2, 2, 3], x.clamp_(2, 3));
        Close.To([4, 4, 9], x.pow_(2));
        Close.To([2, 2, 3], x.sqrt_());
        Close.To([1.5, 2, 3.5], x.lerp_(_a, tensor(0.5f)));
    }

    [Fact]
    public void Pointwise_Functions()
    {
        Close.To([1, Math.Sqrt(2), 2], _a.sqrt());
        Close.To([1, 1 / Math.Sqrt(2), 0.5], _a.rsqrt());
        Close.To([Math.E, Math.Exp(2), Math.Exp(4)], _a.exp(), 1e-5);
        Close.To([0, Math.Log(2), Math.Log(4)], _a.log());
        Close.To([3, 5, 1], _b.abs());
        Close.To([1, 1, -1], _b.sign());
        Close.To([1, 0.5, 0.25], _a.reciprocal());
        Close.To([1, 4, 16], _a.square());
        Close.To([1, 32, 0.25], _a.pow(_b));
        Close.To([3, 5, 4], _a.maximum(_b));
        Close.To([1, 2, -1], minimum(_a, _b));
        Close.To([1, 2, 2], _a.clamp(max: (Scalar)2));
        Close.To([1, 5, 4], where(tensor(new[] { true, false, true }), _a, _b));
        Close.To([0.4769362762], tensor(new[] { 0.5 }).erfinv(), 1e-9);
        Close.To([1, 0, 0], isfinite(tensor(new[] { 1f, float.NaN, float.PositiveInfinity })));
        Close.To([0, 1, 0], isnan(tensor(new[] { 1f, float.NaN, float.PositiveInfinity })));
        Close.To([2, 3, 2], tensor(new[] { 2.4f, 2.6f, 2.5f }).round());
        Close.To([1, -2], tensor(new[] { 7, -7 }).div(4, RoundingMode.floor));
        Close.To([1, -1], tensor(new[] { 7, -7 }).div(4, RoundingMode.trunc));
    }
}

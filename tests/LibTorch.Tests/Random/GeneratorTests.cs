namespace Trainyard.LibTorch.Tests.Random;

/// <summary>Alone, because the default generator belongs to the whole process.</summary>
[CollectionDefinition(nameof(GeneratorTests), DisableParallelization = true)]
[Collection(nameof(GeneratorTests))]
public sealed class GeneratorTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void ManualSeed_SameSeed_SameDraws()
    {
        manual_seed(42);
        var first = randn(100);
        manual_seed(42);
        var second = randn(100);
        manual_seed(43);
        var other = randn(100);

        Assert.Equal(first.data<float>().ToArray(), second.data<float>().ToArray());
        Assert.NotEqual(first.data<float>().ToArray(), other.data<float>().ToArray());
    }

    [Fact]
    public void Generator_OfItsOwn_LeavesTheDefaultAlone()
    {
        manual_seed(1);
        var expected = rand(10).data<float>().ToArray();

        manual_seed(1);
        using var generator = new Generator(9);
        var own = rand(10, generator: generator).data<float>().ToArray();
        Assert.Equal(expected, rand(10).data<float>().ToArray());

        using var same = new Generator(9);
        Assert.Equal(own, rand(10, generator: same).data<float>().ToArray());
        Assert.Equal(9, same.initial_seed());
        same.manual_seed(9);
        Assert.Equal(own, rand(10, generator: same).data<float>().ToArray());
    }

    [Fact]
    public void State_Restored_ContinuesTheSequence()
    {
        using var generator = new Generator(3);
        _ = randn(7, generator: generator);
        var state = generator.get_state();
        Assert.Equal(ScalarType.Byte, state.dtype);
        var expected = randn(5, generator: generator).data<float>().ToArray();

        // Through bytes, as a checkpoint does.
        using var restored = new Generator(0);
        restored.set_state(tensor(state.bytes.ToArray()));
        Assert.Equal(expected, randn(5, generator: restored).data<float>().ToArray());
    }

    [Fact]
    public void DefaultState_Restored_ContinuesDropoutToo()
    {
        manual_seed(4);
        var state = get_rng_state();
        var expected = F.dropout(ones(64), 0.5).data<float>().ToArray();
        set_rng_state(state);
        Assert.Equal(expected, F.dropout(ones(64), 0.5).data<float>().ToArray());
    }

    [Fact]
    public void Draws_HaveTheirDistributions()
    {
        using var generator = new Generator(11);
        var normal = empty(100_000).normal_(2, 3, generator);
        Assert.Equal(2, normal.mean().item<float>(), 0.05);
        Assert.Equal(3, normal.std().item<float>(), 0.05);

        var uniform = empty(100_000).uniform_(-1, 3, generator);
        Assert.InRange(uniform.min().item<float>(), -1, -0.99);
        Assert.InRange(uniform.max().item<float>(), 2.99, 3);
        Assert.Equal(1, uniform.mean().item<float>(), 0.02);

        var coins = empty(100_000).bernoulli_(0.2, generator);
        Assert.Equal(0.2, coins.mean().item<float>(), 0.01);

        var integers = randint(2, 5, [1000], generator: generator);
        Assert.Equal(int64, integers.dtype);
        Assert.Equal([2L, 3, 4], integers.data<long>().ToArray().Distinct().Order());

        var order = randperm(50, generator: generator).data<long>().ToArray();
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), order.Order());
    }
}

using TorchSharp.Modules;

namespace Trainyard.LibTorch.Tests.Scopes;

public sealed class DisposeScopeTests
{
    private static long Live => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    [Fact]
    public void Scope_Disposed_DisposesWhatWasCreatedInIt()
    {
        var before = Live;
        Tensor inside;
        using (var scope = NewDisposeScope())
        {
            inside = ones(3) + 1;
            Assert.Equal(before + 2, Live);
            Assert.Equal(2, scope.DisposablesCount);
        }

        Assert.True(inside.IsInvalid);
        Assert.Equal(before, Live);
    }

    [Fact]
    public void MoveToOuter_OutlivesTheInnerScope()
    {
        var before = Live;
        using (var outer = NewDisposeScope())
        {
            Tensor kept;
            using (NewDisposeScope())
            {
                kept = (zeros(2) + 1).MoveToOuterDisposeScope();
            }

            Assert.False(kept.IsInvalid);
            Assert.True(outer.Contains(kept));
            Assert.Equal(before + 1, Live);
        }

        Assert.Equal(before, Live);
    }

    [Fact]
    public void Detach_BelongsToTheHolder()
    {
        var before = Live;
        Tensor mine;
        using (NewDisposeScope())
        {
            mine = ones(1).DetachFromDisposeScope();
        }

        Assert.Equal(1, mine.item<float>());
        Assert.Equal(before + 1, Live);
        mine.Dispose();
        Assert.Equal(before, Live);
    }

    [Fact]
    public void Attach_TakesTensorsFromOutside()
    {
        var loose = ones(1);
        using (var scope = NewDisposeScope())
        {
            scope.Attach(loose);
            Assert.True(scope.Contains(loose));
        }

        Assert.True(loose.IsInvalid);
    }

    [Fact]
    public void DisposeEverythingBut_KeepsTheNamed()
    {
        using var scope = NewDisposeScope();
        var kept = ones(1);
        var gone = ones(1);
        scope.DisposeEverythingBut(kept);
        Assert.False(kept.IsInvalid);
        Assert.True(gone.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Scopes_ClosedOutOfOrder_KeepTheInnerOneOpen()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        outer.Dispose();
        var tensor = ones(1);
        Assert.True(inner.Contains(tensor));
        inner.Dispose();
        Assert.True(tensor.IsInvalid);
    }

    [Fact]
    public void Dispose_TwiceAndThenUse_Throws()
    {
        var before = Live;
        var tensor = ones(1);
        tensor.Dispose();
        tensor.Dispose();
        Assert.Equal(before, Live);
        Assert.Throws<InvalidOperationException>(() => tensor.Handle);
        Assert.Throws<InvalidOperationException>(() => tensor + 1);
    }

    [Fact]
    public void Training_ManySteps_LeavesNoTensorBehind()
    {
        var weights = new Parameter(randn(8, 1, 3, 3));
        var before = Live;
        for (var step = 0; step < 20; step++)
        {
            using var scope = NewDisposeScope();
            var loss = F.max_pool2d(F.relu(F.conv2d(randn(4, 1, 8, 8), weights)), 2).square().mean();
            loss.backward();
            using (no_grad())
            {
                weights.sub_(weights.grad! * 0.01);
                weights.grad = null;
            }
        }

        Assert.Equal(before, Live);
        weights.Dispose();
    }

    [Fact]
    public void Statistics_CountInAndOutside()
    {
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        var outside = ones(1);
        using (NewDisposeScope())
        {
            _ = ones(1);
            _ = ones(1).DetachFromDisposeScope();
        }

        Assert.Equal(1, statistics.CreatedOutsideScopeCount);
        Assert.Equal(2, statistics.CreatedInScopeCount);
        Assert.Equal(1, statistics.DisposedInScopeCount);
        Assert.Equal(1, statistics.DetachedFromScopeCount);
        Assert.Equal(2, statistics.ThreadTotalLiveCount);
        outside.Dispose();
        Assert.Equal(1, statistics.DisposedOutsideScopeCount);
    }
}

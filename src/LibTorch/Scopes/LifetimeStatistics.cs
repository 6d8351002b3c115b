namespace TorchSharp;

/// <summary>Counts how tensors came and went on one thread, inside and outside dispose scopes.</summary>
public class LifetimeStatistics
{
    /// <summary>Tensors created while no scope was open.</summary>
    public long CreatedOutsideScopeCount { get; internal set; }

    /// <summary>Tensors disposed that no scope owned.</summary>
    public long DisposedOutsideScopeCount { get; internal set; }

    /// <summary>Tensors created into an open scope.</summary>
    public long CreatedInScopeCount { get; internal set; }

    /// <summary>Tensors disposed by or while owned by a scope.</summary>
    public long DisposedInScopeCount { get; internal set; }

    /// <summary>Tensors attached to a scope after their creation.</summary>
    public long AttachedToScopeCount { get; internal set; }

    /// <summary>Tensors taken out of their scope.</summary>
    public long DetachedFromScopeCount { get; internal set; }

    /// <summary>Tensors created less tensors disposed on this thread since the last <see cref="Reset"/>.</summary>
    public long ThreadTotalLiveCount =>
        CreatedInScopeCount - DisposedInScopeCount + CreatedOutsideScopeCount - DisposedOutsideScopeCount;

    /// <summary>Sets every count to zero.</summary>
    public void Reset()
    {
        CreatedOutsideScopeCount = 0;
        DisposedOutsideScopeCount = 0;
        CreatedInScopeCount = 0;
        DisposedInScopeCount = 0;
        AttachedToScopeCount = 0;
        DetachedFromScopeCount = 0;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"live {ThreadTotalLiveCount}; created {CreatedInScopeCount} in and {CreatedOutsideScopeCount} outside scopes; "
        + $"disposed {DisposedInScopeCount} in and {DisposedOutsideScopeCount} outside; "
        + $"attached {AttachedToScopeCount}; detached {DetachedFromScopeCount}";
}

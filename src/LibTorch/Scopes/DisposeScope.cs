namespace TorchSharp;

/// <summary>
/// Owns the tensors created on its thread while it is the innermost scope, and disposes them when it is disposed, except those
/// that were moved to another scope or detached. Made by <see cref="torch.NewDisposeScope"/>.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private DisposeScopeManager? _manager;
    private HashSet<IDisposable> _owned = new(ReferenceEqualityComparer.Instance);

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        _manager = manager;
        OuterScope = outer;
    }

    /// <summary>The number of tensors that the scope owns now.</summary>
    public int DisposablesCount
    {
        get
        {
            ObjectDisposedException.ThrowIf(_manager is null, this);
            return _owned.Count;
        }
    }

    /// <summary>A copy of the list of tensors that the scope owns now.</summary>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            ObjectDisposedException.ThrowIf(_manager is null, this);
            return [.. _owned];
        }
    }

    internal DisposeScope? OuterScope { get; set; }

    /// <summary>True when the scope owns the tensor.</summary>
    public bool Contains(IDisposable disposable) => _owned.Contains(disposable);

    /// <summary>Gives an owned tensor to the enclosing scope, or to nobody when there is none. Returns it.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable => MoveToOther(OuterScope, disposable);

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    /// <summary>Gives owned tensors to the enclosing scope, or to nobody when there is none.</summary>
    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(OuterScope, disposables);

    /// <inheritdoc cref="MoveToOuter(IDisposable[])"/>
    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    /// <summary>Gives an owned tensor to another scope, or to nobody when <paramref name="scope"/> is null. Returns it.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        ObjectDisposedException.ThrowIf(_manager is null, this);
        if (_owned.Contains(disposable))
        {
            if (scope is null)
            {
                Release(Tensor(disposable));
            }
            else
            {
                scope.Take(Tensor(disposable));
            }
        }

        return disposable;
    }

    /// <summary>Gives owned tensors to another scope, or to nobody when <paramref name="scope"/> is null.</summary>
    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) =>
        MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    /// <inheritdoc cref="MoveToOther(DisposeScope, IDisposable[])"/>
    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
        {
            MoveToOther(scope, disposable);
        }
    }

    /// <summary>Takes an owned tensor out of the scope: from now on its owner is whoever holds it. Returns it.</summary>
    public T Detach<T>(T disposable)
        where T : IDisposable => MoveToOther(scope: null, disposable);

    /// <summary>Takes owned tensors out of the scope.</summary>
    public void Detach(params IDisposable[] disposables) => MoveToOther(scope: null, disposables);

    /// <inheritdoc cref="Detach(IDisposable[])"/>
    public void Detach(IEnumerable<IDisposable> disposables) => MoveToOther(scope: null, disposables);

    /// <summary>Makes the scope the owner of a tensor, whoever owned it before.</summary>
    public void Attach(IDisposable disposable) => Attach([disposable]);

    /// <summary>Makes the scope the owner of tensors, whoever owned them before.</summary>
    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    /// <summary>Makes the scope the owner of tensors, whoever owned them before. Returns them.</summary>
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        ObjectDisposedException.ThrowIf(_manager is null, this);
        List<IDisposable> attached = [.. disposables];
        foreach (var disposable in attached)
        {
            if (Take(Tensor(disposable)))
            {
                _manager.Counts.TensorStatistics.AttachedToScopeCount++;
            }
        }

        return attached;
    }

    /// <summary>Disposes everything that the scope owns; the scope stays open.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    /// <summary>Disposes everything that the scope owns, except <paramref name="inKeep"/>; the scope stays open.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        ObjectDisposedException.ThrowIf(_manager is null, this);
        var all = _owned;
        _owned = new HashSet<IDisposable>(ReferenceEqualityComparer.Instance);
        foreach (var kept in inKeep)
        {
            if (all.Remove(kept))
            {
                _owned.Add(kept);
            }
        }

        foreach (var disposable in all)
        {
            disposable.Dispose();
        }
    }

    /// <inheritdoc cref="DisposeEverythingBut(IEnumerable{IDisposable})"/>
    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    /// <summary>Forgets a tensor that was disposed by other means.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        ObjectDisposedException.ThrowIf(_manager is null, this);
        _owned.Remove(disposable);
        Tensor(disposable).OwningDisposeScope = null;
    }

    /// <summary>Disposes everything that the scope owns and closes the scope.</summary>
    public void Dispose()
    {
        if (_manager is not { } manager)
        {
            return;
        }

        DisposeEverything();
        manager.Close(this);
        _manager = null;
    }

    /// <summary>Puts <paramref name="replacement"/> in the place of a tensor whose handle it took over.</summary>
    internal static void Replace(torch.Tensor original, torch.Tensor replacement)
    {
        if (original.OwningDisposeScope is { } scope)
        {
            scope._owned.Remove(original);
            original.OwningDisposeScope = null;
            scope.Own(replacement);
        }
    }

    internal void Own(torch.Tensor tensor)
    {
        _owned.Add(tensor);
        tensor.OwningDisposeScope = this;
    }

    internal void Forget(torch.Tensor tensor) => _owned.Remove(tensor);

    private static torch.Tensor Tensor(IDisposable disposable) =>
        disposable as torch.Tensor ?? throw new InvalidOperationException("A dispose scope owns tensors only.");

    private bool Take(torch.Tensor tensor)
    {
        if (ReferenceEquals(tensor.OwningDisposeScope, this))
        {
            return false;
        }

        tensor.OwningDisposeScope?.Forget(tensor);
        Own(tensor);
        return true;
    }

    private void Release(torch.Tensor tensor)
    {
        _owned.Remove(tensor);
        tensor.OwningDisposeScope = null;
        _manager!.Counts.TensorStatistics.DetachedFromScopeCount++;
    }
}

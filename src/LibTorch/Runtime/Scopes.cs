namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// Opens a scope that disposes every tensor created on this thread until it is itself disposed, unless the tensor was moved
    /// out. Scopes nest.
    /// </summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.OfThread.Open();

    /// <summary>Evaluates an expression in a scope of its own and keeps only its result.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}

namespace Trainyard.Trainer.Optimizers;

/// <summary>A bound on the gradient of a step, applied before weight decay and the optimizer.</summary>
/// <param name="parameters">Everything that is learned.</param>
internal abstract class GradientClipping(IReadOnlyList<Tensor> parameters)
{
    /// <summary>Bounds the gradients in place; never waits for the device.</summary>
    public void Apply()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        Clip([.. parameters.Select(parameter => parameter.grad).OfType<Tensor>()]);
    }

    /// <summary>Bounds these gradients in place; called without gradient recording.</summary>
    protected abstract void Clip(IReadOnlyList<Tensor> gradients);
}

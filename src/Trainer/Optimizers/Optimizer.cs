using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Optimizers;

// A rule that turns gradients into updates of tensors in place. It works on tensors, not models, so the same rules train networks and walk over functions of
// two variables. State tensors start at zero, are allocated once and have the shape and storage order of their parameter.
internal abstract class Optimizer : IDisposable
{
    private readonly Tensor[][] state;
    private readonly string[][] names;

    // parameters: What to update; stays owned by the caller.
    protected Optimizer(IReadOnlyList<Tensor> parameters, params string[] stateNames)
        : this(parameters, _ => stateNames)
    {
    }

    // Prepares the state of a rule that treats parameters differently. parameters: What to update; stays owned by the caller.
    protected Optimizer(IReadOnlyList<Tensor> parameters, Func<int, string[]> stateNames)
    {
        Parameters = parameters;
        names = [.. parameters.Select((_, index) => stateNames(index))];
        using var _ = no_grad();
        state = [.. parameters.Select((parameter, index) => names[index].Select(_ => zeros_like(parameter).DetachFromDisposeScope()).ToArray())];
    }

    public IReadOnlyList<Tensor> Parameters { get; }

    /// <summary>Updates done. Set when a run is resumed.</summary>
    public long Steps { get; set; }

    /// <summary>Names of the state tensors of one parameter, in the order of <see cref="StateOf"/>.</summary>
    public IReadOnlyList<string> StateNamesOf(int parameter) => names[parameter];

    public IReadOnlyList<Tensor> StateOf(int parameter) => state[parameter];

    // Updates every parameter that has a gradient. learningRate: Length of the step (a), at least 0.
    public void Step(double learningRate)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        Steps++;
        for (var index = 0; index < Parameters.Count; index++)
        {
            if (Parameters[index].grad is { } gradient)
            {
                var isDone = UpdateKernel.TryCreate(Parameters[index], gradient, state[index], out var kernel) && Update(kernel, learningRate);
                if (!isDone)
                {
                    Update(Parameters[index], gradient, state[index], learningRate);
                }
            }
        }
    }

    // Whether every value of the state is finite. Waits for the device.
    public bool IsFinite()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        return Array.TrueForAll([.. state.SelectMany(tensors => tensors)], tensor => tensor.isfinite().all().item<bool>());
    }

    public void Dispose()
    {
        foreach (var tensor in state.SelectMany(tensors => tensors))
        {
            tensor.Dispose();
        }
    }

    // The same update as that over tensors, in one pass over float32 values on the processor; false: the rule has none.
    protected virtual bool Update(UpdateKernel kernel, double learningRate) => false;

    // Updates one parameter in place, in any format and on any device; called without gradient recording, Steps already counts this update. gradient: Its gradient (g); may be overwritten.
    protected abstract void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate);
}

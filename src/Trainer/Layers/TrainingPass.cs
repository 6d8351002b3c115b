using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Layers;

/// <summary>A forward pass of a training step, and the way back from its scores to the gradients of the parameters.</summary>
internal abstract class TrainingPass
{
    /// <summary>Of the classes, before the softmax: [n, classes].</summary>
    public abstract Tensor Scores { get; }

    // Adds to the gradients of the parameters. gradient: That of the loss by the scores.
    public abstract void Backward(Tensor gradient);
}

/// <summary>By torch's graph, which the scores are a part of.</summary>
internal sealed class GraphPass(Tensor scores) : TrainingPass
{
    public override Tensor Scores => scores;

    public override void Backward(Tensor gradient) => scores.backward([gradient]);
}

/// <summary>Of a network that is one chain, without a graph: a node of the graph costs several times what a small chain computes.</summary>
internal sealed class ChainPass : TrainingPass
{
    private readonly DenseChain chain;
    private readonly Tensor[][] parameters;
    private readonly Tensor values;

    public ChainPass(DenseChain chain, Tensor[][] parameters, Tensor samples)
    {
        this.chain = chain;
        this.parameters = parameters;
        (Scores, values) = chain.Compute(samples, parameters);
    }

    public override Tensor Scores { get; }

    public override void Backward(Tensor gradient) =>
        chain.Backward(values, parameters, Array.ConvertAll(parameters, own => Array.ConvertAll(own, parameter => parameter.grad ??= zeros_like(parameter))), gradient, ofInput: null);
}

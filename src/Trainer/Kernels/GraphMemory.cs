using static TorchSharp.torch.autograd;

namespace Trainyard.Trainer.Kernels;

// When the functions here, as nodes of torch's graph, give back memory. torch's own nodes do so while the backward pass goes on; TorchSharp keeps for each of these, until the graph
// is gone, a tensor of the size of its output, what it saved for the backward pass, and the gradients on both sides of it.
internal static class GraphMemory
{
    // torch reads what a backward pass returns after its end, so it is given back by the next one, or with the step.
    [ThreadStatic]
    private static List<Tensor>? returned;

    /// <summary>Applies a function. Its output must get a gradient in every backward pass: there is no tensor that stands in for one.</summary>
    public static Tensor Apply(Func<Tensor> function)
    {
        using var scope = NewDisposeScope();
        return function().MoveToOuterDisposeScope();
    }

    // The backward pass of a function, which has only one. gradient: That of its output. compute: Makes the gradients of its inputs from the saved tensors.
    public static List<Tensor> Backward(AutogradContext context, Tensor gradient, Func<List<Tensor>, List<Tensor>> compute)
    {
        returned?.ForEach(tensor => tensor?.Dispose());
        using var scope = NewDisposeScope();
        returned = compute(context.get_saved_variables());
        returned.ForEach(tensor => tensor?.MoveToOuterDisposeScope());
        context.Dispose();
        gradient.Dispose();
        return returned;
    }
}

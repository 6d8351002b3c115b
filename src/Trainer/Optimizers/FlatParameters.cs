using TorchSharp.Modules;

namespace Trainyard.Trainer.Optimizers;

// The parameters of a network side by side in one tensor and their gradients in another, so that decay, update, norm and clearing are one operation each however many layers
// there are. Each parameter and its gradient become a view: what writes to the parameter writes to the flat tensor. The gradients always exist; the engine adds to them.
internal sealed class FlatParameters : IDisposable
{
    // Values per line of the processor's cache: each parameter begins with one, and zeros fill the line of the one before.
    private const int Alignment = 16;

    private readonly long[][] shapes;
    private readonly long[][] strides;
    private readonly long[] starts;
    private readonly Tensor gradients;

    // Moves the memory of the parameters, which must be of one number format and on one device.
    public FlatParameters(IReadOnlyList<Parameter> parameters)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        Each = parameters;
        shapes = [.. parameters.Select(parameter => parameter.shape)];
        strides = [.. parameters.Select(parameter => parameter.stride())];
        starts = new long[parameters.Count];
        var matrices = Place(0, parameter => parameter.dim() > 1);
        var all = Place(matrices, parameter => parameter.dim() <= 1);
        All = zeros(all, parameters[0].dtype, parameters[0].device).DetachFromDisposeScope();
        gradients = zeros_like(All).DetachFromDisposeScope();
        All.grad = gradients;
        Matrices = All.narrow(0, 0, matrices).DetachFromDisposeScope();
        Matrices.grad = gradients.narrow(0, 0, matrices);
        for (var index = 0; index < parameters.Count; index++)
        {
            var place = View(All, index);
            place.copy_(parameters[index]);
            parameters[index].set_(place);
            parameters[index].grad = View(gradients, index);
        }
    }

    public IReadOnlyList<Parameter> Each { get; }

    /// <summary>All parameters: [values].</summary>
    public Tensor All { get; }

    /// <summary>Those of more than one dimension, the weights of convolutions and dense layers: the beginning of <see cref="All"/>.</summary>
    public Tensor Matrices { get; }

    // The part of a tensor like All that belongs to a parameter, in its shape.
    public Tensor View(Tensor flat, int parameter) => flat.as_strided(shapes[parameter], strides[parameter], starts[parameter]);

    public void ClearGradients()
    {
        if (gradients.device_type == DeviceType.CPU)
        {
            gradients.bytes.Clear();
            return;
        }

        using var _ = no_grad();
        gradients.fill_(0);
    }

    public void Dispose()
    {
        Matrices.Dispose();
        All.Dispose();
        gradients.Dispose();
    }

    // Gives each parameter of a kind its place from a start on, and returns the end.
    private long Place(long start, Func<Tensor, bool> isOfKind)
    {
        for (var index = 0; index < Each.Count; index++)
        {
            if (isOfKind(Each[index]))
            {
                starts[index] = start;
                start += (Each[index].numel() + Alignment - 1) / Alignment * Alignment;
            }
        }

        return start;
    }
}

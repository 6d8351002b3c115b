namespace Trainyard.Trainer.Layers;

/// <summary>One layer of a network: named parameters, and a forward pass over the engine's differentiable functions.</summary>
internal abstract class Layer(string name) : IDisposable
{
    private readonly List<Parameter> parameters = [];
    private readonly List<(string Name, Tensor Tensor)> buffers = [];

    /// <summary>Name in the layer table, as in <c>conv1</c>.</summary>
    public string Name { get; } = name;

    /// <summary>What is learned by gradient.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>State that is recorded, not learned by gradient; part of a checkpoint.</summary>
    public virtual IReadOnlyList<(string Name, Tensor Tensor)> Buffers => buffers;

    /// <summary>Whether the layer draws random numbers while training.</summary>
    public virtual bool IsRandom => false;

    /// <summary>The layer's output.</summary>
    /// <param name="input">[N, ...] with the layer's input shape; images with channels last in memory.</param>
    /// <param name="mode">Training or evaluation.</param>
    public abstract Tensor Forward(Tensor input, Mode mode);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in Parameters)
        {
            parameter.Tensor.Dispose();
        }

        foreach (var (_, tensor) in Buffers)
        {
            tensor.Dispose();
        }
    }

    /// <summary>Registers a learned tensor; the layer owns it from now on.</summary>
    protected Tensor AddParameter(string suffix, Tensor values, bool decays)
    {
        var tensor = values.detach().DetachFromDisposeScope().requires_grad_(true);
        parameters.Add(new Parameter($"{Name}.{suffix}", tensor, decays));
        return tensor;
    }

    /// <summary>Registers recorded state; the layer owns it from now on.</summary>
    protected Tensor AddBuffer(string suffix, Tensor values)
    {
        var tensor = values.DetachFromDisposeScope();
        buffers.Add(($"{Name}.{suffix}", tensor));
        return tensor;
    }

    /// <summary>A tensor in a number format; itself when it has that format already.</summary>
    protected static Tensor Cast(Tensor tensor, ScalarType format) => tensor.dtype == format ? tensor : tensor.to_type(format);
}

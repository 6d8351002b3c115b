namespace Trainyard.Trainer.Layers;

/// <summary>Adds its input to the output of its layers: x + f(x) (He, Zhang, Ren, Sun, 2016). Owns the layers within.</summary>
internal sealed class Residual(string name, IReadOnlyList<Layer> layers) : Layer(name)
{
    /// <summary>The layers beside the shortcut.</summary>
    public IReadOnlyList<Layer> Layers => layers;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [.. layers.SelectMany(layer => layer.Parameters)];

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Tensor)> Buffers { get; } = [.. layers.SelectMany(layer => layer.Buffers)];

    /// <inheritdoc/>
    public override bool IsRandom => layers.Any(layer => layer.IsRandom);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Mode mode) => layers.Aggregate(input, (values, layer) => layer.Forward(values, mode)).add(input);
}

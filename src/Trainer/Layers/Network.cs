using Trainyard.Specs.Planning;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Layers;

/// <summary>A network built layer by layer from its plan.</summary>
internal sealed class Network : IDisposable
{
    private readonly List<Layer> layers = [];

    /// <summary>Builds the network with first weights.</summary>
    /// <exception cref="InvalidOperationException">The layers do not have the number of parameters that the plan says.</exception>
    public Network(ModelPlan plan, NumberFormats formats, torch.Device device, RunSeed seed)
    {
        using var scope = NewDisposeScope();
        var factory = new LayerFactory(formats, device, seed);
        layers.AddRange(plan.Layers.Select(factory.Create));
    }

    /// <summary>The layers in the order of the forward pass.</summary>
    public IReadOnlyList<Layer> Layers => layers;

    /// <summary>Everything that is learned.</summary>
    public IEnumerable<Parameter> Parameters => layers.SelectMany(layer => layer.Parameters);

    /// <summary>Everything that is recorded while training.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Buffers => layers.SelectMany(layer => layer.Buffers);

    /// <summary>Whether training draws random numbers (dropout).</summary>
    public bool IsRandom => layers.Exists(layer => layer.IsRandom);

    /// <summary>Scores of each class before softmax: [N, classes].</summary>
    /// <param name="input">[N, C, H, W] with channels last in memory, or [N, F].</param>
    /// <param name="mode">Training or evaluation.</param>
    public Tensor Forward(Tensor input, Mode mode) => layers.Aggregate(input, (values, layer) => layer.Forward(values, mode));

    /// <inheritdoc/>
    public void Dispose() => layers.ForEach(layer => layer.Dispose());
}

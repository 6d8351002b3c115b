using Trainyard.Specs.Models;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Randomness;

namespace Trainyard.Trainer.Models;

/// <summary>A network built layer by layer from its plan.</summary>
internal sealed class Network : IDisposable
{
    private readonly List<Layer> layers = [];

    /// <summary>Builds the network with first weights. Each layer draws from a stream of its own, so layers do not influence each other.</summary>
    /// <exception cref="InvalidOperationException">The layers do not have the number of parameters that the plan says.</exception>
    public Network(ModelPlan plan, NumberFormats formats, torch.Device device, RunSeed seed)
    {
        using var scope = NewDisposeScope();
        for (var index = 0; index < plan.Layers.Count; index++)
        {
            var planned = plan.Layers[index];
            var layer = Build(planned, formats, device, seed.Stream(RandomPurpose.Weights, index));
            layers.Add(layer);
            var count = layer.Parameters.Sum(parameter => parameter.Tensor.numel());
            if (count != planned.Parameters)
            {
                throw new InvalidOperationException($"Layer {planned.Name} has {count} parameters; its plan says {planned.Parameters}.");
            }
        }
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

    private static Layer Build(PlannedLayer planned, NumberFormats formats, torch.Device device, RandomStream random) => planned.Layer switch
    {
        ConvLayer conv => new Convolution(planned.Name, conv, planned.Input[0], formats, device, random),
        DenseLayer dense => new Dense(planned.Name, dense, planned.Input[0], formats, device, random),
        BatchNormLayer norm => new BatchNorm(planned.Name, norm, planned.Input[0], formats, device),
        PoolLayer pool => new Pooling(planned.Name, pool),
        GlobalPoolLayer pool => new GlobalPooling(planned.Name, pool),
        FlattenLayer => new Flatten(planned.Name),
        ActivationLayer activation => new Activation(planned.Name, activation),
        DropoutLayer dropout => new Dropout(planned.Name, dropout),
        _ => throw new InvalidOperationException($"The trainer has no layer of kind '{planned.Layer.Kind}'."),
    };
}

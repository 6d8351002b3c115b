using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Layers;

/// <summary>
/// Makes the layers of a plan in their order. Each layer draws from a stream of its own, numbered by its position in the model (a residual layer, then
/// the layers within it), so layers do not influence each other.
/// </summary>
internal sealed class LayerFactory(NumberFormats formats, torch.Device device, RunSeed seed)
{
    private int position;

    /// <summary>Makes the next layer.</summary>
    /// <exception cref="InvalidOperationException">The layer does not have the number of parameters that the plan says.</exception>
    public Layer Create(PlannedLayer planned)
    {
        var layer = Build(planned, seed.Stream(RandomPurpose.Weights, position++));
        var count = layer.Parameters.Sum(parameter => parameter.Tensor.numel());
        return count == planned.Parameters
            ? layer
            : throw new InvalidOperationException($"Layer {planned.Name} has {count} parameters; its plan says {planned.Parameters}.");
    }

    private Layer Build(PlannedLayer planned, RandomStream random) => planned.Layer switch
    {
        ConvLayer conv => new Convolution(planned.Name, conv, planned.Input[0], formats, device, random),
        DenseLayer dense => new Dense(planned.Name, dense, planned.Input[0], formats, device, random),
        BatchNormLayer norm => new BatchNorm(planned.Name, norm, planned.Input[0], formats, device),
        PoolLayer pool => new Pooling(planned.Name, pool),
        GlobalPoolLayer pool => new GlobalPooling(planned.Name, pool),
        FlattenLayer => new Flatten(planned.Name),
        ActivationLayer { Activation: { Name: "prelu" } prelu } => new PRelu(planned.Name, prelu, planned.Input[0], formats, device),
        ActivationLayer { Activation: { Name: "maxout" } maxout } => new Maxout(planned.Name, maxout),
        ActivationLayer activation => new Activation(planned.Name, activation),
        DropoutLayer dropout => new Dropout(planned.Name, dropout),
        ResidualLayer => new Residual(planned.Name, [.. planned.Inner.Select(Create)]),
        _ => throw new InvalidOperationException($"The trainer has no layer of kind '{planned.Layer.Kind}'."),
    };
}

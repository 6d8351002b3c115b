using Trainyard.Specs.Catalog;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

// Makes the layers of a plan in their order. Each layer draws from a stream of its own, numbered by its position in the model (a residual layer, then the
// layers within it), so layers do not influence each other.
internal sealed class LayerFactory(NumberFormats formats, torch.Device device, RunSeed seed)
{
    private int position;

    /// <summary>Makes the next layer.</summary>
    /// <exception cref="InvalidOperationException">The layer does not have the number of parameters in the plan.</exception>
    public Module<Tensor, Tensor> Create(PlannedLayer planned)
    {
        var layer = Build(planned, seed.Stream(RandomPurpose.Weights, position++));
        var count = layer.parameters().Sum(parameter => parameter.numel());
        return count == planned.Parameters
            ? layer
            : throw new InvalidOperationException($"Layer {planned.Name} has {count} parameters; its plan has {planned.Parameters}.");
    }

    private Module<Tensor, Tensor> Build(PlannedLayer planned, RandomStream random) => planned.Layer switch
    {
        ConvLayer conv => new Convolution(conv, planned.Input[0], formats, device, random),
        DenseLayer dense => new Dense(dense, planned.Input[0], formats, device, random),
        BatchNormLayer norm => new BatchNorm(norm, planned.Input[0], formats, device),
        PoolLayer { Pool: PoolKind.Max } pool => MaxPool2d(pool.Size),
        PoolLayer pool => AvgPool2d(pool.Size),
        GlobalPoolLayer pool => new GlobalPooling(pool.Pool),
        FlattenLayer => Flatten(),  // channel by channel, whatever the storage order
        ActivationLayer activation => Activation(activation.Activation, planned.Input[0]),
        // Inverted dropout (Srivastava et al., 2014); it draws from the engine's default generator, which the training step seeds.
        DropoutLayer dropout => Dropout(dropout.Rate),
        ResidualLayer => new Residual(planned.Inner, this),
        _ => throw new InvalidOperationException($"The trainer has no layer of kind '{planned.Layer.Kind}'."),
    };

    private Module<Tensor, Tensor> Activation(TechniqueChoice choice, int channels) => choice.Name switch
    {
        "sigmoid" => Sigmoid(),
        "tanh" => Tanh(),
        "relu" => ReLU(),
        "leaky_relu" => LeakyReLU(choice.Number("slope")),
        "elu" => ELU(choice.Number("alpha")),
        "selu" => SELU(),
        "silu" => SiLU(),
        "gelu" => GELU(),
        "identity" => Identity(),
        "prelu" => new PRelu(choice, channels, formats, device),
        "maxout" => new Maxout(choice),
        _ => throw new InvalidOperationException($"The trainer has no activation '{choice.Name}'."),
    };
}

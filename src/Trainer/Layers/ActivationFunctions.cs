using Trainyard.Specs.Catalog;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

/// <summary>The non-linearities of the catalog that are plain functions; those with weights or another output shape are layers. Each works element by element and keeps shape, storage order and number format.</summary>
internal static class ActivationFunctions
{
    /// <summary>The function that a spec chose.</summary>
    /// <exception cref="ArgumentException">The trainer has no such activation.</exception>
    public static Func<Tensor, Tensor> Create(TechniqueChoice choice)
    {
        switch (choice.Name)
        {
            case "sigmoid":
                return input => input.sigmoid();
            case "tanh":
                return input => input.tanh();
            case "relu":
                return input => functional.relu(input);
            case "leaky_relu":
                var slope = choice.Number("slope");
                return input => functional.leaky_relu(input, slope);
            case "elu":
                var alpha = choice.Number("alpha");
                return input => functional.elu(input, alpha);
            case "selu":
                return input => functional.selu(input);
            case "silu":
                return input => functional.silu(input);
            case "gelu":
                return input => functional.gelu(input);
            case "identity":
                return input => input;
            default:
                throw new ArgumentException($"The trainer has no activation '{choice.Name}'.", nameof(choice));
        }
    }
}

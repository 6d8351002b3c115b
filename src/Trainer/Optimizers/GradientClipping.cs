using TorchSharp.Modules;
using Trainyard.Specs.Catalog;

namespace Trainyard.Trainer.Optimizers;

/// <summary>Bounds the gradient of a step, before weight decay and the optimizer.</summary>
internal static class GradientClipping
{
    // The clipping that a spec chose: by the norm over all parameters (Pascanu, Mikolov, Bengio, 2013; waits for the device), or of each value by itself; null:
    // none.
    // Throws ArgumentException: the trainer has no such clipping.
    public static Action? Create(TechniqueChoice choice, IReadOnlyList<Parameter> parameters) => choice.Name switch
    {
        "none" => null,
        "norm" => () => nn.utils.clip_grad_norm_(parameters, choice.Number("maximum")),
        "value" => () => nn.utils.clip_grad_value_(parameters, choice.Number("maximum")),
        _ => throw new ArgumentException($"The trainer has no gradient clipping '{choice.Name}'.", nameof(choice)),
    };
}

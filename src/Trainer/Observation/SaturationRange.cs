using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Observation;

// Outputs of a bounded activation between which its slope is at least a twentieth of its largest slope. Outside it is saturated, and hardly any gradient passes
// (Glorot, Bengio, 2010, section 3).
internal sealed record SaturationRange(double Low, double High)
{
    // sigmoid: y (1 - y) = 1/20 of 1/4. tanh(x) = 2 sigmoid(2 x) - 1, so its outputs follow.
    private static readonly double Root = Math.Sqrt(0.95);

    /// <summary>The range of a layer; null unless it is a sigmoid or tanh.</summary>
    public static SaturationRange? From(LayerSpec layer) => layer is not ActivationLayer activation ? null : activation.Activation.Name switch
    {
        "sigmoid" => new SaturationRange((1 - Root) / 2, (1 + Root) / 2),
        "tanh" => new SaturationRange(-Root, Root),
        _ => null,
    };
}

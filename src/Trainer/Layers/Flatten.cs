namespace Trainyard.Trainer.Layers;

/// <summary>[N, C, H, W] to [N, C * H * W], channel by channel whatever the storage order.</summary>
internal sealed class Flatten(string name) : Layer(name)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Mode mode) => input.flatten(1);
}

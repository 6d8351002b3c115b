namespace Trainyard.Trainer.Layers;

/// <summary>A learned tensor.</summary>
/// <param name="Name">Unique in the model, as in <c>conv1.weight</c>.</param>
/// <param name="Tensor">The values; owned by the layer.</param>
/// <param name="Decays">Whether weight decay applies: weights of convolutions and dense layers, not biases or batch norm.</param>
internal sealed record Parameter(string Name, Tensor Tensor, bool Decays);

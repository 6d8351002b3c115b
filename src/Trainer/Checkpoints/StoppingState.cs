namespace Trainyard.Trainer.Checkpoints;

/// <summary>What early stopping has seen so far.</summary>
/// <param name="Best">Best value of its metric; null before the first epoch.</param>
/// <param name="EpochsWithoutImprovement">Epochs since then.</param>
internal sealed record StoppingState(double? Best, int EpochsWithoutImprovement);

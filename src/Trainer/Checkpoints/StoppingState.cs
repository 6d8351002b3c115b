namespace Trainyard.Trainer.Checkpoints;

// What early stopping has seen so far. Best: Best value of its metric; null before the first epoch.
internal sealed record StoppingState(double? Best, int EpochsWithoutImprovement);

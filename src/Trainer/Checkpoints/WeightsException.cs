namespace Trainyard.Trainer.Checkpoints;

/// <summary>The weights that a run was told to start from cannot be used.</summary>
internal sealed class WeightsException(string message, Exception cause) : Exception(message, cause);

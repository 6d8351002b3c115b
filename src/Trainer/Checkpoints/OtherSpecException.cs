namespace Trainyard.Trainer.Checkpoints;

/// <summary>A run was asked to resume in the folder of another spec's run.</summary>
internal sealed class OtherSpecException(string message) : Exception(message);

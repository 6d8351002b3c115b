using Trainyard.Trainer.Checkpoints;

namespace Trainyard.Trainer.Setup;

/// <summary>The weights that a run ends with, or would as it stands.</summary>
internal static class TrainedWeights
{
    // Weights and batch-norm statistics only: those of the best epoch where the run keeps them. Throws InvalidDataException: they are of another network.
    public static void CopyTo(TrainingSetup setup, CheckpointFile checkpoint)
    {
        var hasBest = checkpoint.Header.Cursor.Stopping?.Best is not null
            && checkpoint.Tensors.Keys.Any(name => name.StartsWith(BestWeights.Prefix, StringComparison.Ordinal));
        checkpoint.CopyTo([.. setup.Weights().Select(weight => (hasBest ? BestWeights.Prefix + weight.Name : weight.Name, weight.Tensor))]);
    }
}

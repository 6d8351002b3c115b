namespace Trainyard.Trainer.Layers;

/// <summary>What a forward pass is for.</summary>
internal enum Mode
{
    /// <summary>Dropout drops, batch norm uses and records the statistics of the batch.</summary>
    Train,

    /// <summary>Dropout passes, batch norm uses its running statistics.</summary>
    Evaluate,

    /// <summary>Dropout passes, batch norm uses the statistics of the batch and records nothing: what training sees, without chance and without a trace.</summary>
    Observe,
}

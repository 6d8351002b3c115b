namespace Trainyard.Trainer.Checkpoints;

/// <summary>One tensor of a checkpoint file.</summary>
/// <param name="Name">Unique in the file, as in <c>conv1.weight</c> or <c>optimizer.velocity.conv1.weight</c>.</param>
/// <param name="Format">Number format, as the engine names it: Float32.</param>
/// <param name="Shape">Sides; values are stored row by row.</param>
/// <param name="Offset">First byte, from the start of the file.</param>
/// <param name="Bytes">Length.</param>
internal sealed record TensorEntry(string Name, string Format, IReadOnlyList<long> Shape, long Offset, long Bytes);

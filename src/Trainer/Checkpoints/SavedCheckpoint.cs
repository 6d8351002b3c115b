namespace Trainyard.Trainer.Checkpoints;

/// <summary>A checkpoint on the disk.</summary>
/// <param name="File">Path within the run's folder.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">SHA-256 of the whole file, 64 hexadecimal digits.</param>
internal sealed record SavedCheckpoint(string File, long Bytes, string Sha256);

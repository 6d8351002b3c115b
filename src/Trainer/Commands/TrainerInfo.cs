namespace Trainyard.Trainer.Commands;

/// <summary>What <c>trainer info</c> prints.</summary>
internal sealed record TrainerInfo
{
    public required string Package { get; init; }
    public required string Version { get; init; }
    public required string Libtorch { get; init; }
    public required bool CudaAvailable { get; init; }
    public required int CudaDevices { get; init; }

    /// <summary>Whether a device multiplies bfloat16 in hardware.</summary>
    public required bool Bfloat16 { get; init; }

    /// <summary>Threads of one operation.</summary>
    public required int Threads { get; init; }
}

namespace Trainyard.Trainer.Commands;

/// <summary>What <c>trainer info</c> prints.</summary>
internal sealed record TrainerInfo
{
    /// <summary>NuGet package of the tensor engine.</summary>
    public required string Package { get; init; }

    /// <summary>Version of TorchSharp.</summary>
    public required string Version { get; init; }

    /// <summary>Version of libtorch.</summary>
    public required string Libtorch { get; init; }

    /// <summary>Whether the engine sees an NVIDIA GPU.</summary>
    public required bool CudaAvailable { get; init; }

    /// <summary>Number of GPUs that it sees.</summary>
    public required int CudaDevices { get; init; }

    /// <summary>Whether a device multiplies bfloat16 in hardware.</summary>
    public required bool Bfloat16 { get; init; }

    /// <summary>Threads of one operation.</summary>
    public required int Threads { get; init; }
}

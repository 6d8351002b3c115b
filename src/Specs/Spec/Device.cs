namespace Trainyard.Specs.Spec;

/// <summary>Where a run is trained; also the name of its queue.</summary>
public enum Device
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda,
}

using Trainyard.Specs.Events;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Runtime;

/// <summary>Opens the device that a spec asks for.</summary>
internal static class TrainingDevice
{
    /// <summary>The device: the processor, or the first visible GPU.</summary>
    /// <exception cref="RunFailureException">The machine or the build has no such device.</exception>
    public static torch.Device Open(Specs.Training.Device device)
    {
        if (device == Specs.Training.Device.Cpu)
        {
            return CPU;
        }

        return cuda.is_available()
            ? torch.device(DeviceType.CUDA, 0)
            : throw new RunFailureException(
                FailureClass.Unsupported,
                StoryCode.NoGpu,
                $"The spec asks for a CUDA GPU, and {Engine.Description} sees none on this machine. Write \"device\": \"cpu\", or run it on a machine "
                + "with an NVIDIA GPU and a CUDA build of the engine.",
                [("engine", Engine.Description)]);
    }
}

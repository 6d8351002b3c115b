using Trainyard.Specs.Events;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Setup;

internal static class TrainingDevice
{
    /// <summary>The device: the processor, or the first visible GPU.</summary>
    /// <exception cref="RunFailureException">The machine or the build has no such device.</exception>
    public static torch.Device Open(Specs.Spec.Device device)
    {
        if (device == Specs.Spec.Device.Cpu)
        {
            return CPU;
        }

        return cuda.is_available()
            ? torch.device(DeviceType.CUDA, 0)
            : throw new RunFailureException(
                FailureClass.Unsupported,
                RunMessageCode.NoGpu,
                [("engine", Engine.Description)]);
    }
}

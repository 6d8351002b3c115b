using Trainyard.Service.Hosting;

namespace Trainyard.Service.Workers;

// The memory of trainers. A trainer that needs more than its part of the machine is ended with a message, before the system's out-of-memory killer ends any process.
internal static class TrainerMemory
{
    /// <summary>How often the memory of a trainer is compared with its limit.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private const long Mebibyte = 1L << 20;

    // For the service, the private database and the system: a gibibyte, but not more than a quarter of a small machine.
    private const long Reserved = 1024 * Mebibyte;

    // Four times what a trainer that waits takes.
    private const long RoomForSpare = 1024 * Mebibyte;

    /// <summary>Whether there is memory for a trainer that is started ahead.</summary>
    public static bool HasRoomForSpare => MachineMemory.Available > RoomForSpare;

    /// <summary>Whether trainers that only wait should give their memory back.</summary>
    public static bool IsShort => MachineMemory.Available < RoomForSpare / 4;

    /// <summary>Bytes that one trainer may use: the setting, else an equal part of the memory of the machine or of its control group.</summary>
    /// <param name="trainer">The setting.</param>
    /// <param name="sharing">Trainers that share the memory.</param>
    public static long Limit(TrainerOptions trainer, int sharing)
    {
        if (trainer.MemoryMegabytes > 0)
        {
            return trainer.MemoryMegabytes * Mebibyte;
        }

        var total = MachineMemory.Bytes;
        return (total - Math.Min(Reserved, total / 4)) / sharing;
    }
}

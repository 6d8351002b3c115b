using Trainyard.Service.Queue;

namespace Trainyard.Service.Workers;

/// <summary>Settings of an attempt: the trainer's executable, the run's own folder (the same for all its attempts), and the options in force.</summary>
internal sealed record AttemptSettings(string Executable, string Folder, WorkerOptions Worker, TrainerOptions Trainer, QueueOptions Queue)
{
    /// <summary>Threads of one operation.</summary>
    public int Threads => Trainer.Threads > 0 ? Trainer.Threads : Math.Max(1, Environment.ProcessorCount / Worker.Slots);
}

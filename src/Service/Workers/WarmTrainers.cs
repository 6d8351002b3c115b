using Microsoft.Extensions.Options;
using Trainyard.Service.Queue;

namespace Trainyard.Service.Workers;

// Trainers that have ended a run and wait for the next one, which then begins without the start of a process: at most one for each slot. One that gets no run in time is
// ended, and so are all where memory is short.
internal sealed class WarmTrainers(IOptions<WorkerOptions> workerOptions, TimeProvider clock) : IAsyncDisposable
{
    // A trainer that waits has some 250 MB, most of it shared code. What one has beyond that would be missing to its next run.
    private const long MostBytes = 400L << 20;

    private readonly WorkerOptions options = workerOptions.Value;
    private readonly Lock gate = new();

    // Guarded by `gate`. The last one that came is the first to be taken.
    private readonly List<Waiting> waiting = [];
    private bool hasEnded;

    /// <summary>Takes a trainer for a run; null: there is none that suits.</summary>
    public async Task<TrainerProcess?> TakeAsync(AttemptSettings settings, RunClaim claim)
    {
        TrainerProcess? taken = null;

        // Where an attempt before came to nothing, the process may be the reason.
        while (taken is null && !claim.IsRepeated && Next() is { } trainer)
        {
            if (trainer.Executable == settings.Executable && trainer.ResidentBytes is > 0 and var used && used <= Math.Min(MostBytes, settings.MemoryBytes / 2))
            {
                taken = trainer;
            }
            else
            {
                await trainer.DisposeAsync();
            }
        }

        if (settings.Sharing == 1)
        {
            // The run may use all memory.
            await EndAllAsync();
        }

        return taken;
    }

    /// <summary>Keeps a trainer whose run has ended for the next one, or ends it.</summary>
    public async Task ReturnAsync(TrainerProcess trainer)
    {
        if (!trainer.IsReusable || !Add(trainer))
        {
            await trainer.DisposeAsync();
        }
    }

    /// <summary>Ends those that wait while memory is short: they are the first to give it back, before a run has to.</summary>
    public async Task ReleaseMemoryAsync()
    {
        lock (gate)
        {
            // Runs ask often, and the system's memory is read from files.
            if (waiting.Count == 0)
            {
                return;
            }
        }

        if (TrainerMemory.IsShort)
        {
            await EndAllAsync();
        }
    }

    /// <summary>Ends those that wait; none is kept any more.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            hasEnded = true;
        }

        await EndAllAsync();
    }

    private async Task EndAllAsync()
    {
        while (Next() is { } trainer)
        {
            await trainer.DisposeAsync();
        }
    }

    private bool Add(TrainerProcess trainer)
    {
        lock (gate)
        {
            if (hasEnded || options.KeepTrainer == TimeSpan.Zero || waiting.Count >= options.SlotCount || TrainerMemory.IsShort)
            {
                return false;
            }

            var entry = new Waiting(trainer);
            entry.Timer = clock.CreateTimer(_ => _ = DropAsync(entry), null, options.KeepTrainer, Timeout.InfiniteTimeSpan);
            waiting.Add(entry);
            return true;
        }
    }

    private TrainerProcess? Next()
    {
        lock (gate)
        {
            if (waiting is not [.., var last])
            {
                return null;
            }

            Remove(last);
            return last.Trainer;
        }
    }

    private async Task DropAsync(Waiting entry)
    {
        lock (gate)
        {
            if (!Remove(entry))
            {
                return; // It was taken at this moment.
            }
        }

        await entry.Trainer.DisposeAsync();
    }

    private bool Remove(Waiting entry)
    {
        entry.Timer.Dispose();
        return waiting.Remove(entry);
    }

    private sealed class Waiting(TrainerProcess trainer)
    {
        public TrainerProcess Trainer => trainer;
        public ITimer Timer { get; set; } = null!;
    }
}

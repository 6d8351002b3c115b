using Microsoft.Extensions.Options;
using Trainyard.Service.Workers;

namespace Trainyard.Service.Inspection;

/// <summary>
/// The networks that this process holds ready, so that a request is answered without loading anything: a few, each in a trainer process that ends when it is not
/// used, needs too much memory, or its place is needed.
/// </summary>
internal sealed partial class ForwardTrainers(IOptions<TrainerOptions> trainerOptions, IOptions<ForwardOptions> options, TimeProvider clock, ILogger<ForwardTrainers> logger)
    : BackgroundService
{
    // A layer of 64 maps of 32 x 32 has 90 kB; the deepest networks have about a hundred.
    private const int LongestAnswerBytes = 32 << 20;

    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(250);

    // Without networks the service sleeps.
    private static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();

    // Guarded by `gate`.
    private readonly List<ForwardTrainer> all = [];
    private readonly List<ForwardTrainer> removed = [];
    private bool isStopping;

    /// <summary>Processes now.</summary>
    public IReadOnlyList<int> ProcessIds
    {
        get
        {
            lock (gate)
            {
                return [.. all.Select(trainer => trainer.Process.Id)];
            }
        }
    }

    // The trainer of a checkpoint, started if there is none, until Leave; null when all places are in use. Throws Win32Exception: it could not be started.
    public ForwardTrainer? Enter(string executable, string checkpoint)
    {
        var key = $"{checkpoint} {File.GetLastWriteTimeUtc(checkpoint).Ticks}";
        var folder = Path.GetDirectoryName(checkpoint);
        lock (gate)
        {
            var trainer = all.Find(one => one.Key == key);
            if (trainer is null)
            {
                // Older weights of the run, and where all places are taken, what is unused for longest.
                foreach (var older in all.Where(one => one.Users == 0 && one.Folder == folder).ToList())
                {
                    Remove(older);
                }

                while (all.Count >= options.Value.MaximumNetworks && all.Where(one => one.Users == 0).MinBy(one => one.LastUse) is { } unused)
                {
                    Remove(unused);
                }

                if (isStopping || all.Count >= options.Value.MaximumNetworks)
                {
                    return null;
                }

                trainer = new ForwardTrainer(
                    key, folder, SessionProcess.Start(executable, trainerOptions.Value, ["forward", "--checkpoint", checkpoint], LongestAnswerBytes));
                all.Add(trainer);
            }

            trainer.Users++;
            trainer.LastUse = clock.GetTimestamp();
            return trainer;
        }
    }

    // isUsable: Whether it can answer again.
    public void Leave(ForwardTrainer trainer, bool isUsable)
    {
        lock (gate)
        {
            trainer.Users--;
            trainer.LastUse = clock.GetTimestamp();
            if (!isUsable)
            {
                Remove(trainer);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        lock (gate)
        {
            isStopping = true;
            all.ToList().ForEach(Remove);
        }

        await DisposeRemovedAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            lock (gate)
            {
                foreach (var trainer in all.ToList())
                {
                    if (trainer.Process.ResidentBytes > options.Value.MemoryMegabytes << 20)
                    {
                        trainer.Ended = $"it needs more than the {options.Value.MemoryMegabytes} MB of ForwardPasses:MemoryMegabytes";
                        LogTooLarge(trainer.Key, options.Value.MemoryMegabytes);
                        Remove(trainer);
                    }
                    else if (trainer.Users == 0 && clock.GetElapsedTime(trainer.LastUse).TotalSeconds > options.Value.IdleSeconds)
                    {
                        Remove(trainer);
                    }
                }
            }

            await DisposeRemovedAsync();
            await Task.Delay(ProcessIds.Count == 0 ? IdleInterval : WatchInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Ends its process; who waits for it learns that it is lost.
    private void Remove(ForwardTrainer trainer)
    {
        if (all.Remove(trainer))
        {
            trainer.Process.Kill();
            removed.Add(trainer);
        }
    }

    private async Task DisposeRemovedAsync()
    {
        List<ForwardTrainer> ended;
        lock (gate)
        {
            ended = [.. removed];
            removed.Clear();
        }

        foreach (var trainer in ended)
        {
            await trainer.Process.DisposeAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The network of {Checkpoint} needs more than {Megabytes} MB to show forward passes")]
    private partial void LogTooLarge(string checkpoint, long megabytes);
}

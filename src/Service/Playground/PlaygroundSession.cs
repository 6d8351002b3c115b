using System.Diagnostics;
using System.Text.Json;
using Trainyard.Service.Workers;
using Trainyard.Specs.Events.Sessions;

namespace Trainyard.Service.Playground;

// A network that one person trains by hand. While it plays, requests follow each other at the chosen speed, and only the newest answer is kept for the watcher: a
// slow connection sees fewer frames, never older ones.
internal sealed class PlaygroundSession : IAsyncDisposable
{
    /// <summary>Most updates that one request may ask for.</summary>
    public const int MostSteps = 10_000;

    private static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);

    // Between two frames, and of training within one: so a request to pause waits no longer.
    private static readonly TimeSpan FrameInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MostBusy = TimeSpan.FromMilliseconds(30);

    // Of training within one request of many updates: well within the time for an answer.
    private static readonly TimeSpan Part = TimeSpan.FromSeconds(0.5);

    private readonly SessionProcess process;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly CancellationTokenSource ended = new();

    // Guarded by `gate`.
    private long number;
    private CancellationTokenSource? play;
    private Task playing = Task.CompletedTask;
    private PlaygroundUpdate? newest;
    private PlaygroundUpdate? opened;
    private long command;
    private PlaygroundWatcher? watcher;
    private PlaygroundEnd? end;

    public PlaygroundSession(string? owner, SessionProcess process, TimeProvider clock)
    {
        Owner = owner;
        this.process = process;
        this.clock = clock;
        Touch(null);
    }

    public Guid Id { get; } = Guid.CreateVersion7();

    /// <summary>The person; null without authentication.</summary>
    public string? Owner { get; }

    /// <summary>When it was last used, a timestamp of the clock.</summary>
    public long LastUse { get; private set; }

    /// <summary>The connection that used it last; null when that is lost.</summary>
    public string? Connection { get; private set; }

    public long ResidentBytes => process.ResidentBytes;

    public int ProcessId => process.Id;

    /// <summary>Whether its trainer has answered; until then it is not unused.</summary>
    public bool IsOpen
    {
        get
        {
            lock (gate)
            {
                return number > 0;
            }
        }
    }

    /// <summary>Why it has ended; null while it has not.</summary>
    public PlaygroundEnd? Ended
    {
        get
        {
            lock (gate)
            {
                return end;
            }
        }
    }

    /// <summary>Counts as a use.</summary>
    public void Touch(string? connection)
    {
        LastUse = clock.GetTimestamp();
        Connection = connection ?? Connection;
    }

    /// <summary>The connection is lost: the session pauses, and ends unless another connection uses it soon.</summary>
    public void Disconnected()
    {
        Connection = null;
        LastUse = clock.GetTimestamp();
        Pause();
    }

    public Task<PlaygroundUpdate> OpenAsync(JsonElement spec, CancellationToken cancellationToken) =>
        AskAsync(new OpenRequest { Spec = spec }, FirstAnswer, cancellationToken);

    /// <summary>Pauses and does updates; another command ends it early. The watcher sees how far it is.</summary>
    public async Task<PlaygroundUpdate> StepAsync(int steps, CancellationToken cancellationToken)
    {
        var mine = Pause();
        var left = Math.Clamp(steps, 0, MostSteps);
        while (true)
        {
            var update = await AskAsync(new StepRequest { Steps = left, Seconds = Part.TotalSeconds }, Answer, cancellationToken);
            if (update.Answer is not { } answer || IsOver(answer) || (left -= answer.GetProperty("steps").GetInt32()) <= 0 || IsFollowed(mine))
            {
                return update;
            }

            Touch(null);
            Publish();
        }
    }

    public Task<PlaygroundUpdate> ChangeAsync(JsonElement spec, CancellationToken cancellationToken) =>
        AskAsync(new ChangeRequest { Spec = spec }, Answer, cancellationToken);

    public Task<PlaygroundUpdate> ResetAsync(CancellationToken cancellationToken)
    {
        Pause();
        return AskAsync(new ResetRequest(), Answer, cancellationToken);
    }

    /// <summary>Plays at a speed, in updates per second.</summary>
    public void Play(double stepsPerSecond)
    {
        lock (gate)
        {
            command++;
            play?.Cancel();
            if (end is null)
            {
                play = CancellationTokenSource.CreateLinkedTokenSource(ended.Token);
                playing = PlayAsync(playing, stepsPerSecond, play);
            }
        }
    }

    // Returns the number of this command.
    public long Pause()
    {
        lock (gate)
        {
            play?.Cancel();
            play = null;
            return ++command;
        }
    }

    /// <summary>What the network began with, then the newest update whenever it changes, never more than the watcher has confirmed; ends with the session.</summary>
    public IAsyncEnumerable<PlaygroundUpdate> WatchAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            watcher?.Replace();
            watcher = new PlaygroundWatcher(opened, newest);
            if (end is { } reason)
            {
                watcher.Publish(PlaygroundUpdate.Of(reason));
            }

            return watcher.ReadAsync(cancellationToken);
        }
    }

    /// <summary>The watcher has drawn an update.</summary>
    public void Shown(long update)
    {
        lock (gate)
        {
            watcher?.Shown(update);
        }
    }

    /// <summary>Ends it, with its process. A later end has no effect.</summary>
    public void End(PlaygroundEnd reason)
    {
        lock (gate)
        {
            if (end is not null)
            {
                return;
            }

            end = reason;
            play?.Cancel();
            play = null;
            watcher?.Publish(PlaygroundUpdate.Of(reason));
        }

        ended.Cancel();
        process.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        End(PlaygroundEnd.Closed);
        await playing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await process.DisposeAsync();
        ended.Dispose();
    }

    private async Task<PlaygroundUpdate> AskAsync(SessionRequest request, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (Ended is { } reason)
        {
            return PlaygroundUpdate.Of(reason);
        }

        try
        {
            var answer = await process.AskAsync<SessionRequest>(request, limit, cancellationToken);
            lock (gate)
            {
                newest = new PlaygroundUpdate { Number = ++number, Playing = play is not null, Answer = answer };
                opened = answer.GetProperty("type").GetString() == "opened" ? newest : opened;
                return newest;
            }
        }
        catch (SessionLostException lost)
        {
            Lost = lost.Message;
            End(PlaygroundEnd.Failed);
            return PlaygroundUpdate.Of(Ended!.Value);
        }
    }

    /// <summary>Why its trainer was lost; null while it was not.</summary>
    public string? Lost { get; private set; }

    private async Task PlayAsync(Task earlier, double stepsPerSecond, CancellationTokenSource mine)
    {
        await earlier.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var interval = TimeSpan.FromSeconds(Math.Max(FrameInterval.TotalSeconds, 1 / stepsPerSecond));
        try
        {
            while (!mine.IsCancellationRequested)
            {
                var start = Stopwatch.GetTimestamp();
                var steps = (int)Math.Clamp(stepsPerSecond * interval.TotalSeconds, 1, MostSteps);
                var update = await AskAsync(new StepRequest { Steps = steps, Seconds = MostBusy.TotalSeconds }, Answer, mine.Token);
                if (update.Answer is not { } answer || mine.IsCancellationRequested)
                {
                    break;
                }

                var took = Stopwatch.GetElapsedTime(start);
                if (IsOver(answer))
                {
                    Stop(mine);
                }

                Publish();
                await Task.Delay(took < interval ? interval - took : TimeSpan.Zero, clock, mine.Token);
            }
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            // Paused, or played at another speed.
        }
        finally
        {
            mine.Dispose();
        }
    }

    // Training is over, or cannot go on.
    private static bool IsOver(JsonElement answer) =>
        answer.GetProperty("type").GetString() != "frame" || answer.GetProperty("frame").GetProperty("isComplete").GetBoolean();

    private bool IsFollowed(long mine)
    {
        lock (gate)
        {
            return command != mine;
        }
    }

    private void Stop(CancellationTokenSource mine)
    {
        lock (gate)
        {
            if (play == mine)
            {
                play = null;
                newest = newest! with { Playing = false };
            }
        }

        mine.Cancel();
    }

    private void Publish()
    {
        lock (gate)
        {
            watcher?.Publish(newest!);
        }
    }
}

using System.Collections.Concurrent;
using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Trainyard.Service.Workers;
using Trainyard.Specs.Events.Sessions;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Playground;

// The sessions of this process. Ends those that nobody uses, that need too much memory, or whose service stops.
internal sealed partial class PlaygroundSessions(
    TrainerLocation trainer, IOptions<TrainerOptions> trainerOptions, IOptions<PlaygroundOptions> options, TimeProvider clock, ILogger<PlaygroundSessions> logger)
    : BackgroundService
{
    /// <summary>Most training and test samples of a session.</summary>
    public const int MostSamples = 10_000;

    /// <summary>Most parameters of a session's network.</summary>
    public const long MostParameters = 100_000;

    // The longest, of 8 layers with 16 maps each and 1,000 points, has about 300 kB.
    private const int LongestAnswerBytes = 4 << 20;

    private static readonly TimeSpan SpareAnswer = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(250);

    // Without sessions the service sleeps.
    private static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, PlaygroundSession> sessions = new();
    private readonly Lock gate = new();

    // Sessions whose process is starting, by person; guarded by `gate`.
    private readonly List<string?> starting = [];

    // A process that is started ahead, and when the last session was seen; guarded by `gate`.
    private SessionProcess? spare;
    private long lastSession;
    private bool isStopping;

    /// <summary>Sessions now.</summary>
    public IReadOnlyCollection<PlaygroundSession> All => [.. sessions.Values];

    /// <summary>The process that waits for the next session; null: there is none.</summary>
    public int? SpareProcessId
    {
        get
        {
            lock (gate)
            {
                return spare?.Id;
            }
        }
    }

    /// <summary>The session of a person; null when there is none of this id, or it is another person's.</summary>
    public PlaygroundSession? Find(Guid id, string? person) => sessions.TryGetValue(id, out var session) && session.Owner == person ? session : null;

    public IEnumerable<PlaygroundSession> OfConnection(string connection) => sessions.Values.Where(session => session.Connection == connection);

    /// <summary>Opens a session, unless the spec is invalid or a limit is reached.</summary>
    public async Task<PlaygroundOpening> OpenAsync(JsonElement document, string? person, string connection, CancellationToken cancellationToken)
    {
        var reading = Read(document);
        if (!reading.IsValid)
        {
            return new PlaygroundOpening { Findings = reading.Findings };
        }

        if (RefusalOf(reading.Spec, reading.Plan) is { } refused)
        {
            return refused;
        }

        if (trainer.Find(out var reason) is not { } executable)
        {
            return PlaygroundOpening.Refused(PlaygroundRefusal.TrainerUnavailable, detail: reason);
        }

        if (Reserve(person) is { } full)
        {
            return full;
        }

        PlaygroundSession? session = null;
        var isOpen = false;
        try
        {
            session = Add(person, connection, await TakeSpareAsync() ?? Start(executable));
            var update = await session.OpenAsync(document, cancellationToken);
            // Whose connection is lost does not learn the session's id.
            cancellationToken.ThrowIfCancellationRequested();
            session.Touch(null);
            if (update.Ended is null)
            {
                isOpen = true;
                _ = PrepareSpareAsync(executable, document.Clone());
                return new PlaygroundOpening { Session = session.Id, Update = update, Findings = reading.Findings };
            }

            LogLost(session.Id, session.Lost ?? "it ended");
            return PlaygroundOpening.Refused(PlaygroundRefusal.TrainerUnavailable, detail: session.Lost);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            return PlaygroundOpening.Refused(PlaygroundRefusal.TrainerUnavailable, detail: exception.Message);
        }
        finally
        {
            if (session is null)
            {
                lock (gate)
                {
                    starting.Remove(person);
                }
            }
            else if (!isOpen)
            {
                session.End(PlaygroundEnd.Idle);
            }
        }
    }

    /// <summary>What is wrong with another spec for a session; null when nothing is.</summary>
    public static PlaygroundOpening? Check(JsonElement document)
    {
        var reading = Read(document);
        return reading.IsValid ? RefusalOf(reading.Spec, reading.Plan) : new PlaygroundOpening { Findings = reading.Findings };
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        lock (gate)
        {
            isStopping = true;
        }

        await EndSpareAsync();
        foreach (var (_, session) in sessions)
        {
            session.End(PlaygroundEnd.Stopping);
            await RemoveAsync(session);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var (_, session) in sessions)
            {
                if (EndOf(session) is { } reason)
                {
                    session.End(reason);
                    LogEnded(session.Id, reason, session.Lost);
                    await RemoveAsync(session);
                }
            }

            if (IsSpareUnused())
            {
                await EndSpareAsync();
            }

            await Task.Delay(sessions.IsEmpty ? IdleInterval : WatchInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static SpecReading Read(JsonElement document) => SpecReader.Read(Encoding.UTF8.GetBytes(document.GetRawText()));

    private static PlaygroundOpening? RefusalOf(ExperimentSpec spec, ModelPlan plan)
    {
        var shape = DatasetShape.From(spec.Data.Dataset);
        return shape.Input is not [2] ? PlaygroundOpening.Refused(PlaygroundRefusal.NotAPlane)
            : spec.Training.Device != Device.Cpu ? PlaygroundOpening.Refused(PlaygroundRefusal.NotOnProcessor)
            : shape.TrainSamples + shape.TestSamples > MostSamples ? PlaygroundOpening.Refused(PlaygroundRefusal.TooLarge, MostSamples, "samples")
            : plan.Parameters > MostParameters ? PlaygroundOpening.Refused(PlaygroundRefusal.TooLarge, MostParameters, "parameters")
            : null;
    }

    // Counts a session before its process exists, so that requests at the same time cannot exceed the limits.
    private PlaygroundOpening? Reserve(string? person)
    {
        var limits = options.Value;
        lock (gate)
        {
            PlaygroundSession[] open = [.. sessions.Values.Where(session => session.Ended is null)];
            string?[] owners = [.. open.Select(session => session.Owner), .. starting];
            if (limits.MaximumSessions == 0)
            {
                return PlaygroundOpening.Refused(PlaygroundRefusal.Off);
            }

            if (owners.Length >= limits.MaximumSessions)
            {
                return PlaygroundOpening.Refused(PlaygroundRefusal.TooManySessions, limits.MaximumSessions);
            }

            if (person is not null && limits.SessionsPerPerson > 0 && owners.Count(owner => owner == person) >= limits.SessionsPerPerson)
            {
                return PlaygroundOpening.Refused(PlaygroundRefusal.TooManyOfPerson, limits.SessionsPerPerson);
            }

            starting.Add(person);
            return null;
        }
    }

    // From here on it counts by itself.
    private PlaygroundSession Add(string? person, string connection, SessionProcess process)
    {
        var session = new PlaygroundSession(person, process, clock);
        session.Touch(connection);
        lock (gate)
        {
            sessions[session.Id] = session;
            starting.Remove(person);
        }

        return session;
    }

    // Null: it goes on.
    private PlaygroundEnd? EndOf(PlaygroundSession session)
    {
        var unused = clock.GetElapsedTime(session.LastUse).TotalSeconds;
        return session.Ended is { } already ? already
            : (session.IsOpen && unused > options.Value.IdleSeconds) || (session.Connection is null && unused > options.Value.ReconnectSeconds) ? PlaygroundEnd.Idle
            : session.ResidentBytes > options.Value.MemoryMegabytes << 20 ? PlaygroundEnd.Memory
            : null;
    }

    private SessionProcess Start(string executable) => SessionProcess.Start(executable, trainerOptions.Value, ["session", "--threads", "1"], LongestAnswerBytes);

    // Starts a process for the next session, as after a reload of the page, while there is one, a further one is allowed and memory is free. It opens the same spec, so
    // that all is loaded and compiled; the next one begins anew from its own.
    private async Task PrepareSpareAsync(string executable, JsonElement document)
    {
        try
        {
            SessionProcess process;
            lock (gate)
            {
                if (isStopping || spare is not null || sessions.Count >= options.Value.MaximumSessions || !TrainerMemory.HasRoomForSpare)
                {
                    return;
                }

                lastSession = clock.GetTimestamp();
                spare = process = Start(executable);
            }

            await process.AskAsync<SessionRequest>(new OpenRequest { Spec = document }, SpareAnswer, CancellationToken.None);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or SessionLostException or ObjectDisposedException)
        {
            // The next session starts its own, and reports what fails.
            LogNoSpare(exception.Message);
        }
    }

    private async Task<SessionProcess?> TakeSpareAsync()
    {
        SessionProcess? taken;
        lock (gate)
        {
            (taken, spare) = (spare, null);
        }

        if (taken is { HasEnded: true })
        {
            await taken.DisposeAsync();
            return null;
        }

        return taken;
    }

    private bool IsSpareUnused()
    {
        lock (gate)
        {
            lastSession = sessions.IsEmpty ? lastSession : clock.GetTimestamp();
            return spare is not null && clock.GetElapsedTime(lastSession).TotalSeconds > options.Value.IdleSeconds;
        }
    }

    private async Task EndSpareAsync()
    {
        if (await TakeSpareAsync() is { } process)
        {
            await process.DisposeAsync();
        }
    }

    private async Task RemoveAsync(PlaygroundSession session)
    {
        sessions.TryRemove(session.Id, out _);
        await session.DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Session {Session} of the playground has ended: {Reason} {Detail}")]
    private partial void LogEnded(Guid session, PlaygroundEnd reason, string? detail);

    [LoggerMessage(Level = LogLevel.Debug, Message = "No process was started ahead for a session of the playground: {Reason}")]
    private partial void LogNoSpare(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Session {Session} of the playground did not start: {Detail}")]
    private partial void LogLost(Guid session, string detail);
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Trainyard.Service.Access;

namespace Trainyard.Service.Playground;

// Sessions of the playground at /hubs/playground, for those who may submit. A session belongs to the person who opened it; any connection of this person may use
// it, so that it survives a lost connection.
internal sealed class PlaygroundHub(PlaygroundSessions sessions) : Hub
{
    private const double SlowestStepsPerSecond = 0.1;
    private const double FastestStepsPerSecond = 100_000;

    private string? Person => Context.User?.Name();

    /// <summary>Opens a session with a spec; returns its first update, or why there is none.</summary>
    public Task<PlaygroundOpening> Open(JsonElement spec) => sessions.OpenAsync(spec, Person, Context.ConnectionId, Context.ConnectionAborted);

    /// <summary>Pauses, does updates of the weights (0 to 10,000) and returns the network after them.</summary>
    public Task<PlaygroundUpdate> Step(Guid session, int steps) =>
        Use(session) is { } own ? own.StepAsync(steps, Context.ConnectionAborted) : Unknown;

    /// <summary>Plays at a speed in updates per second; the updates come by <see cref="Watch"/>.</summary>
    public bool Play(Guid session, double stepsPerSecond)
    {
        var own = double.IsFinite(stepsPerSecond) ? Use(session) : null;
        own?.Play(Math.Clamp(stepsPerSecond, SlowestStepsPerSecond, FastestStepsPerSecond));
        return own is { Ended: null };
    }

    /// <summary>Pauses and returns the network as it is.</summary>
    public Task<PlaygroundUpdate> Pause(Guid session) => Step(session, 0);

    /// <summary>Goes on with another spec: with the same weights where data, network and seed are equal, else from the beginning.</summary>
    public async Task<PlaygroundOpening> Change(Guid session, JsonElement spec)
    {
        if (PlaygroundSessions.Check(spec) is { } refused)
        {
            return refused;
        }

        return new PlaygroundOpening
        {
            Session = session,
            Update = Use(session) is { } own ? await own.ChangeAsync(spec, Context.ConnectionAborted) : await Unknown,
        };
    }

    /// <summary>Pauses and goes back to the initial weights.</summary>
    public Task<PlaygroundUpdate> Reset(Guid session) => Use(session) is { } own ? own.ResetAsync(Context.ConnectionAborted) : Unknown;

    /// <summary>Ends the session.</summary>
    public void Close(Guid session) => Use(session)?.End(PlaygroundEnd.Closed);

    /// <summary>The newest update whenever there is one and those before are confirmed by <see cref="Shown"/>; ends with the session.</summary>
    public async IAsyncEnumerable<PlaygroundUpdate> Watch(Guid session, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Use(session) is not { } own)
        {
            yield return PlaygroundUpdate.Of(PlaygroundEnd.Unknown);
            yield break;
        }

        await foreach (var update in own.WatchAsync(cancellationToken))
        {
            yield return update;
        }
    }

    /// <summary>Confirms an update of <see cref="Watch"/> that was drawn; without a new one, keeps the session alive.</summary>
    public void Shown(Guid session, long number) => Use(session)?.Shown(number);

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        foreach (var session in sessions.OfConnection(Context.ConnectionId))
        {
            session.Disconnected();
        }

        await base.OnDisconnectedAsync(exception);
    }

    private static Task<PlaygroundUpdate> Unknown => Task.FromResult(PlaygroundUpdate.Of(PlaygroundEnd.Unknown));

    private PlaygroundSession? Use(Guid id)
    {
        var session = sessions.Find(id, Person);
        session?.Touch(Context.ConnectionId);
        return session;
    }
}

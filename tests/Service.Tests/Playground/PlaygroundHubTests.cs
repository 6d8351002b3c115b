using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Service.Playground;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Access;
using Trainyard.Service.Tests.Live;

namespace Trainyard.Service.Tests.Playground;

[Trait("Needs", "database")]
public sealed class PlaygroundHubTests(DatabaseServer server)
{
    private const string Hub = "/hubs/playground";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_IsTrainedByHand_AnswersEachRequestAndEndsWithTheService()
    {
        int process;
        await using (var app = await TestApp.StartAsync(server))
        {
            using var hub = await ConnectAsync(app);
            var opening = await OpenAsync(hub);
            var session = Id(opening);
            process = Assert.Single(Sessions(app).All).ProcessId;
            Assert.Equal((0, 5), (Step(opening["update"]!), (int)Frame(opening["update"]!)["stepsPerEpoch"]!));

            var stepped = await CallAsync(hub, "Step", session, 7);
            var changed = await CallAsync(hub, "Change", session, Spec(rate: 0.5));
            var reset = await CallAsync(hub, "Reset", session);
            var refused = await CallAsync(hub, "Change", session, Spec(units: 0));
            var shapes = await CallAsync(hub, "Change", session, Spec(dataset: "shapes"));

            Assert.Equal((7, 1), (Step(stepped), (int)Frame(stepped)["epoch"]!));
            Assert.Equal(7, Step(changed["update"]!));
            Assert.Equal(0.5, (double)Frame(changed["update"]!)["learningRate"]!);
            Assert.Equal((0, "opened"), (Step(reset), (string?)reset["answer"]!["type"]));
            Assert.Equal("/model/dense/0", (string?)refused["findings"]![0]!["pointer"]);
            Assert.Equal("not_a_plane", (string?)shapes["refusal"]);
            Assert.Equal(1, Step(await CallAsync(hub, "Step", session, 1)));

            await CallAsync(hub, "Close", session);
            Assert.Equal("unknown", (string?)(await UntilEndedAsync(hub, session))["ended"]);
            await UntilGoneAsync(process);

            Id(await OpenAsync(hub));
            process = Assert.Single(Sessions(app).All).ProcessId;
        }

        await UntilGoneAsync(process);
    }

    [Fact]
    public async Task Open_AnotherSession_TakesTheProcessThatWasStartedAhead()
    {
        int process;
        await using (var app = await TestApp.StartAsync(server))
        {
            using var hub = await ConnectAsync(app);
            var first = await OpenAsync(hub);
            await Waiting.UntilAsync(() => Task.FromResult(Sessions(app).SpareProcessId is not null), "a process is started ahead");
            var spare = Sessions(app).SpareProcessId;

            var second = await OpenAsync(hub);

            Assert.Equal(spare, Sessions(app).Find(Guid.Parse(Id(second)), null)!.ProcessId);
            // It begins as if nothing had been opened before.
            Assert.Equal(Frame(first["update"]!).ToJsonString(), Frame(second["update"]!).ToJsonString());
            await Waiting.UntilAsync(() => Task.FromResult(Sessions(app).SpareProcessId is not null), "the next one is started");
            process = Sessions(app).SpareProcessId!.Value;
        }

        await UntilGoneAsync(process);
    }

    [Fact]
    public async Task ProcessStartedAhead_NoSessionForLong_Ends()
    {
        await using var app = await TestApp.StartAsync(server, settings: [("Playground:IdleSeconds", "1")]);
        using var hub = await ConnectAsync(app);
        await CallAsync(hub, "Close", Id(await OpenAsync(hub)));
        await Waiting.UntilAsync(() => Task.FromResult(Sessions(app).SpareProcessId is null && Sessions(app).All.Count == 0), "the process that nobody needs has ended");
    }

    [Fact]
    public async Task Play_SlowWatcher_GetsTheNewestInsteadOfAll()
    {
        await using var app = await TestApp.StartAsync(server);
        using var hub = await ConnectAsync(app);
        var session = Id(await OpenAsync(hub, epochs: 10_000));
        await hub.StartStreamAsync("Watch", [session], Cancellation);
        await hub.NextItemAsync(Cancellation); // the first one, which the opening returned too
        await CallAsync(hub, "Shown", session, 1);

        Assert.True((bool?)await hub.InvokeAsync("Play", [session, 200.0], Cancellation));
        var first = await hub.NextItemAsync(Cancellation);
        var second = await hub.NextItemAsync(Cancellation);
        // Without confirmation nothing more comes, though the session plays on: the answers of other calls show it.
        var alive = Stopwatch.StartNew();
        while (alive.Elapsed < TimeSpan.FromSeconds(1))
        {
            await CallAsync(hub, "Shown", session, 0);
        }

        Assert.Equal(0, hub.WaitingItems);
        await CallAsync(hub, "Shown", session, Number(second));
        var newest = await hub.NextItemAsync(Cancellation);

        Assert.True(Step(second) > Step(first));
        Assert.True(Number(newest) > Number(second) + 3, $"{Number(newest)} follows {Number(second)}");
        Assert.True((bool)newest["playing"]!);
        var paused = await CallAsync(hub, "Pause", session);
        Assert.False((bool)paused["playing"]!);
        Assert.True(Step(paused) >= Step(newest));
        Assert.Equal(Step(paused), Step(await CallAsync(hub, "Step", session, 0)));
    }

    [Fact]
    public async Task Play_LastEpoch_Stops()
    {
        await using var app = await TestApp.StartAsync(server);
        using var hub = await ConnectAsync(app);
        var session = Id(await OpenAsync(hub, epochs: 2));
        await hub.StartStreamAsync("Watch", [session], Cancellation);
        await hub.InvokeAsync("Play", [session, 1000.0], Cancellation);

        JsonNode update;
        do
        {
            update = await hub.NextItemAsync(Cancellation);
            await CallAsync(hub, "Shown", session, Number(update));
        }
        while (!(bool)Frame(update)["isComplete"]!);

        Assert.Equal((10, false), (Step(update), (bool)update["playing"]!));
    }

    [Fact]
    public async Task Open_LimitsAreReached_IsRefusedAndOthersCannotUseTheSession()
    {
        await using var app = await AccessApp.StartAsync(server, ("Playground:MaximumSessions", "2"), ("Playground:SessionsPerPerson", "1"));
        var ann = (await app.CreateTokenAsync("ann", AccessScope.Submit)).Token;
        var bob = (await app.CreateTokenAsync("bob", AccessScope.Submit)).Token;
        var eve = (await app.CreateTokenAsync("eve", AccessScope.Admin)).Token;
        using var hub = await ConnectAsync(app, ann);
        var session = Id(await OpenAsync(hub));

        using var again = await ConnectAsync(app, ann);
        var second = await OpenAsync(again);
        using var other = await ConnectAsync(app, bob);
        var stolen = await CallAsync(other, "Step", session, 1);
        Id(await OpenAsync(other));
        using var third = await ConnectAsync(app, eve);
        var full = await OpenAsync(third);

        Assert.Equal(("too_many_of_person", 1L), ((string?)second["refusal"], (long?)second["limit"]));
        Assert.Equal("unknown", (string?)stolen["ended"]);
        Assert.Equal(("too_many_sessions", 2L), ((string?)full["refusal"], (long?)full["limit"]));
        // The person's own, from another connection.
        Assert.Equal(1, Step(await CallAsync(again, "Step", session, 1)));
    }

    [Theory]
    [InlineData("Playground:IdleSeconds", "1", "idle")]
    [InlineData("Playground:MemoryMegabytes", "128", "memory")]
    public async Task Session_BeyondItsLimit_EndsWithItsProcess(string setting, string value, string reason)
    {
        await using var app = await TestApp.StartAsync(server, settings: [(setting, value)]);
        using var hub = await ConnectAsync(app);
        var opening = await OpenAsync(hub);
        // A session over its memory may be ended before it answers.
        if ((string?)opening["session"] is { } session)
        {
            await hub.StartStreamAsync("Watch", [session], Cancellation);
            JsonNode item;
            do
            {
                item = await hub.NextItemAsync(Cancellation);
            }
            while (item["ended"] is null);

            Assert.Equal(reason, (string?)item["ended"]);
        }

        await Waiting.UntilAsync(() => Task.FromResult(Sessions(app).All.Count == 0), "the session is gone");
    }

    [Fact]
    public async Task Session_ConnectionIsLost_LivesOnlyIfAnotherOneComes()
    {
        await using var app = await TestApp.StartAsync(server, settings: [("Playground:ReconnectSeconds", "1")]);
        var lost = await ConnectAsync(app);
        var session = Id(await OpenAsync(lost));
        var process = Assert.Single(Sessions(app).All).ProcessId;
        lost.Abort();
        lost.Dispose();

        using (var next = await ConnectAsync(app))
        {
            Assert.Equal(3, Step(await CallAsync(next, "Step", session, 3)));
            Assert.NotNull(Assert.Single(Sessions(app).All).Connection);
            next.Abort();
        }

        await UntilGoneAsync(process);
        await Waiting.UntilAsync(() => Task.FromResult(Sessions(app).All.Count == 0), "the session is gone");
    }

    [Fact]
    public async Task Open_ConnectionIsLostMeanwhile_EndsTheSession()
    {
        await using var app = await TestApp.StartAsync(server, settings: [("Playground:IdleSeconds", "86400")]);
        var sessions = Sessions(app);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => sessions.OpenAsync(JsonSerializer.SerializeToElement(Spec()), person: null, "lost", new CancellationToken(canceled: true)));
        await Waiting.UntilAsync(() => Task.FromResult(sessions.All.Count == 0), "the session is gone");

        using var lost = await ConnectAsync(app);
        var opening = OpenAsync(lost);
        await Waiting.UntilAsync(() => Task.FromResult(sessions.All.Count == 1), "the session is there");
        var process = sessions.All.Single().ProcessId;
        lost.Abort();

        await UntilGoneAsync(process);
        await Waiting.UntilAsync(() => Task.FromResult(sessions.All.Count == 0), "the session is gone");
        await Assert.ThrowsAnyAsync<Exception>(() => opening);
    }

    [Fact]
    public async Task Open_AnotherIsOpening_CountsItOnce()
    {
        await using var app = await TestApp.StartAsync(server, settings: [("Playground:MaximumSessions", "2")]);
        using var first = await ConnectAsync(app);
        using var second = await ConnectAsync(app);

        var opening = OpenAsync(first);
        await Waiting.UntilAsync(() => Task.FromResult(Sessions(app).All.Count == 1), "the first session is opening");
        Id(await OpenAsync(second));
        Id(await opening);

        Assert.Equal("too_many_sessions", (string?)(await OpenAsync(second))["refusal"]);
    }

    [Fact]
    public async Task Step_ManyUpdates_ShowsHowFarItIsAndEndsAtTheNextCommand()
    {
        await using var app = await TestApp.StartAsync(server);
        using var hub = await ConnectAsync(app);
        using var other = await ConnectAsync(app);
        var session = Id(await OpenAsync(hub, Spec(epochs: 10_000, units: 64, depth: 3, samples: 5_000)));
        await other.StartStreamAsync("Watch", [session], Cancellation);
        await other.NextItemAsync(Cancellation);

        var stepping = CallAsync(hub, "Step", session, 10_000);
        var part = await other.NextItemAsync(Cancellation);
        await CallAsync(other, "Pause", session);
        var stepped = await stepping;

        Assert.InRange(Step(part), 1, 9_999);
        Assert.InRange(Step(stepped), Step(part), 9_999);
        Assert.False((bool)stepped["playing"]!);
    }

    [Fact]
    public async Task Watch_AnotherConnection_BeginsWithWhatDoesNotChange()
    {
        await using var app = await TestApp.StartAsync(server);
        using var hub = await ConnectAsync(app);
        var session = Id(await OpenAsync(hub));
        await CallAsync(hub, "Step", session, 3);

        using var next = await ConnectAsync(app);
        await next.StartStreamAsync("Watch", [session], Cancellation);
        var (beginning, newest) = (await next.NextItemAsync(Cancellation), await next.NextItemAsync(Cancellation));

        Assert.Equal(("opened", 0), ((string?)beginning["answer"]!["type"], Step(beginning)));
        Assert.Equal(("frame", 3), ((string?)newest["answer"]!["type"], Step(newest)));
    }

    [Fact]
    public async Task Open_SpecThatDoesNotFitThePlayground_IsRefused()
    {
        await using var app = await TestApp.StartAsync(server, settings: [("Trainer:Path", "/no/such/trainer")]);
        using var hub = await ConnectAsync(app);

        Assert.Equal("not_a_plane", (string?)(await OpenAsync(hub, Spec(dataset: "shapes")))["refusal"]);
        Assert.Equal("not_on_processor", (string?)(await OpenAsync(hub, Spec(device: "cuda")))["refusal"]);
        Assert.Equal(("too_large", "samples"), Refusal(await OpenAsync(hub, Spec(samples: 20_000))));
        Assert.Equal(("too_large", "parameters"), Refusal(await OpenAsync(hub, Spec(units: 5_000, depth: 2))));
        Assert.Equal("/model/dense/0", (string?)(await OpenAsync(hub, Spec(units: 0)))["findings"]![0]!["pointer"]);
        var unavailable = Refusal(await OpenAsync(hub, Spec()));
        Assert.Equal("trainer_unavailable", unavailable.Refusal);
        Assert.Contains("/no/such/trainer", unavailable.Detail, StringComparison.Ordinal);
        Assert.Empty(Sessions(app).All);

        await using var off = await TestApp.StartAsync(server, settings: [("Playground:MaximumSessions", "0")]);
        using var closed = await ConnectAsync(off);
        Assert.Equal("off", (string?)(await OpenAsync(closed, Spec()))["refusal"]);
    }

    private static Task<HubClient> ConnectAsync(TestApp app, string? token = null) => HubClient.ConnectAsync(app.Address, Cancellation, token, path: Hub);

    private static PlaygroundSessions Sessions(TestApp app) => app.Services.GetRequiredService<PlaygroundSessions>();

    private static Task<JsonNode> OpenAsync(HubClient hub, int epochs = 100) => OpenAsync(hub, Spec(epochs: epochs));

    private static async Task<JsonNode> OpenAsync(HubClient hub, JsonNode spec) => (await hub.InvokeAsync("Open", [spec], Cancellation))!;

    private static async Task<JsonNode> CallAsync(HubClient hub, string method, params object[] arguments) => await hub.InvokeAsync(method, arguments, Cancellation) ?? new JsonObject();

    private static async Task<JsonNode> UntilEndedAsync(HubClient hub, string session)
    {
        JsonNode answer = new JsonObject();
        await Waiting.UntilAsync(async () => (string?)(answer = await CallAsync(hub, "Step", session, 0))["ended"] == "unknown", "the session has ended");
        return answer;
    }

    private static Task UntilGoneAsync(int process) => Waiting.UntilAsync(
        () =>
        {
            try
            {
                using var found = Process.GetProcessById(process);
                return Task.FromResult(found.HasExited);
            }
            catch (ArgumentException)
            {
                return Task.FromResult(true);
            }
        },
        "the process has ended");

    private static string Id(JsonNode opening) => (string?)opening["session"] ?? throw new InvalidOperationException(opening.ToJsonString());

    private static (string? Refusal, string? Detail) Refusal(JsonNode opening) => ((string?)opening["refusal"], (string?)opening["detail"]);

    private static JsonNode Frame(JsonNode update) => update["answer"]!["frame"]!;

    private static int Step(JsonNode update) => (int)Frame(update)["step"]!;

    private static long Number(JsonNode update) => (long)update["number"]!;

    private static JsonNode Spec(
        string dataset = "moons", int epochs = 100, double rate = 0.03, int units = 4, int depth = 1, int samples = 100, string device = "cpu") => JsonNode.Parse($$"""
        {
          "data": { "dataset": { "name": "{{dataset}}", "trainSamples": {{samples}}, "testSamples": 100 }, "validationFraction": 0.5 },
          "model": { "kind": "mlp", "dense": [{{string.Join(", ", Enumerable.Repeat(units, depth))}}] },
          "training": { "epochs": {{epochs}}, "batchSize": 10, "device": "{{device}}",
            "optimizer": { "name": "adam", "learningRate": {{rate.ToString(System.Globalization.CultureInfo.InvariantCulture)}} } }
        }
        """)!;
}

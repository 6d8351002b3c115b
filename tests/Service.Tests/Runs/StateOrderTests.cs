using System.Globalization;
using System.Net;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Runs;

// Random sequences of user actions on runs that real trainers train: whatever comes first, the stored history is in order. tests/long/state-order.sh tries
// more of them.
[Trait("Needs", "database")]
public sealed class StateOrderTests(DatabaseServer server)
{
    private static readonly string[] Actions = ["pause", "resume", "pause", "resume", "cancel", "retry", "extend"];

    [Fact]
    public async Task Actions_RandomSequences_HistoryIsInOrder()
    {
        var (count, seed) = (Setting("STATE_ORDER_COUNT", 6), Setting("STATE_ORDER_SEED", 1));
        await using var app = await TestApp.StartAsync(
            server, "all",
            [("Trainer:Path", Repository.Trainer), ("Trainer:Threads", "1"), ("Worker:Slots", "2"), ("Queue:BackoffSeconds", "0.1"), ("Queue:MaxAttempts", "100")]);
        var random = new Random(seed);
        List<(Guid Run, int Seed)> runs = [];
        for (var i = 0; i < count; i++)
        {
            runs.Add((await app.Http.SubmitAsync(Spec), random.Next()));
        }

        await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (run, _) => await ActAsync(app, run.Run, new Random(run.Seed)));
        foreach (var (run, _) in runs)
        {
            await TestRuns.AssertOrderAsync(app.DataSource, run);
        }
    }

    // Some actions are refused, which is part of it. At the end the run is cancelled, if it has not ended.
    private static async Task ActAsync(TestApp app, Guid run, Random random)
    {
        var epochs = 2000;
        for (var i = 0; i < 12; i++)
        {
            await Task.Delay(random.Next(3) switch { 0 => 0, 1 => random.Next(50), _ => random.Next(800) }, TestContext.Current.CancellationToken);
            var action = Actions[random.Next(Actions.Length)];
            var (status, body, _) = action == "extend"
                ? await app.Http.PostJsonAsync($"/api/v1/runs/{run}/extend", $$"""{ "epochs": {{++epochs}} }""")
                : await app.DoAsync(run, action);
            Assert.True(status is HttpStatusCode.Accepted or HttpStatusCode.OK or HttpStatusCode.Conflict, $"{action}: {status} {body}");
        }

        await app.DoAsync(run, "cancel");
        await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "cancelled", "succeeded", "failed");
    }

    private static int Setting(string name, int other) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : other;

    private const string Spec =
        """
        {
          "name": "order", "data": { "dataset": "xor" }, "model": { "kind": "mlp", "dense": [8] },
          "training": { "epochs": 2000, "batchSize": 10, "optimizer": "adam" }, "seed": 1
        }
        """;
}

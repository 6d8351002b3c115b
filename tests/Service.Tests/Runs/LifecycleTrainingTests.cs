using System.Net;
using System.Text.Json.Nodes;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Runs;

/// <summary>User actions on runs while the real trainer trains them: the results are those of an uninterrupted run.</summary>
[Trait("Needs", "database")]
public sealed class LifecycleTrainingTests(DatabaseServer server)
{
    [Fact]
    public async Task PauseAndResume_InMidTraining_GiveTheNumbersOfAnUninterruptedRun()
    {
        await using var app = await StartAsync();
        var whole = await app.Http.SubmitAsync(Spec(epochs: 60));
        await TestRuns.WaitAsync(app.DataSource, whole, Waiting.Soon, "succeeded");
        var files = new DirectoryInfo(Path.Combine(app.DataDir, "runs", $"{whole}")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Assert.Equal(files, await TestRuns.ScalarAsync(app.DataSource, $"select stored_bytes from runs where id = '{whole}'"));
        var id = await app.Http.SubmitAsync(Spec(epochs: 60));
        await TestRuns.WaitForEventsAsync(app.DataSource, id, "epoch", 3, Waiting.Soon);

        Assert.Equal(HttpStatusCode.Accepted, (await app.DoAsync(id, "pause")).Status);
        await TestRuns.WaitAsync(app.DataSource, id, Waiting.Soon, "paused");
        Assert.Equal(HttpStatusCode.Accepted, (await app.DoAsync(id, "resume")).Status);
        await TestRuns.WaitAsync(app.DataSource, id, Waiting.Soon, "succeeded");

        Assert.Equal(await NumbersAsync(app, whole), await NumbersAsync(app, id));
        var story = await app.StoryAsync(id);
        Assert.Equal(["running", "pausing", "paused", "queued", "running", "succeeded"], story.Select(item => item.State));
        Assert.Contains("resumes from the checkpoint", await TestRuns.HistoryAsync(app.DataSource, id), StringComparison.Ordinal);
        await TestRuns.AssertNoGapsAsync(app.DataSource, id);
    }

    [Fact]
    public async Task CancelAndRetry_InMidTraining_ContinueFromTheCheckpoint()
    {
        await using var app = await StartAsync();
        var whole = await app.Http.SubmitAsync(Spec(epochs: 60));
        await TestRuns.WaitAsync(app.DataSource, whole, Waiting.Soon, "succeeded");
        var id = await app.Http.SubmitAsync(Spec(epochs: 60));
        await TestRuns.WaitForEventsAsync(app.DataSource, id, "epoch", 3, Waiting.Soon);

        await app.DoAsync(id, "cancel");
        await TestRuns.WaitAsync(app.DataSource, id, Waiting.Soon, "cancelled");
        Assert.Equal(HttpStatusCode.Accepted, (await app.DoAsync(id, "retry")).Status);
        await TestRuns.WaitAsync(app.DataSource, id, Waiting.Soon, "succeeded");

        Assert.Equal(await NumbersAsync(app, whole), await NumbersAsync(app, id));
        Assert.Contains("resumes from the checkpoint", await TestRuns.HistoryAsync(app.DataSource, id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extend_SucceededRun_GoesOnAndEqualsTheLongerRun()
    {
        await using var app = await StartAsync();
        var longer = await app.Http.SubmitAsync(Spec(epochs: 7));
        var id = await app.Http.SubmitAsync(Spec(epochs: 4));
        await TestRuns.WaitAsync(app.DataSource, longer, Waiting.Soon, "succeeded");
        await TestRuns.WaitAsync(app.DataSource, id, Waiting.Soon, "succeeded");

        Assert.Equal(HttpStatusCode.Accepted, (await app.Http.PostJsonAsync($"/api/v1/runs/{id}/extend", """{ "epochs": 7 }""")).Status);
        await TestRuns.WaitAsync(app.DataSource, id, Waiting.Soon, "succeeded");

        Assert.Equal(await NumbersAsync(app, longer), await NumbersAsync(app, id));
        Assert.Equal(
            ["1", "2", "3", "4", "5", "6", "7"],
            await TestRuns.ColumnAsync(app.DataSource, $"select data->>'epoch' from run_events where run_id = '{id}' and type = 'epoch' order by seq"));
    }

    [Fact]
    public async Task TimeLimit_RaisedAfterItWasReached_GivesTheNumbersOfAnUninterruptedRun()
    {
        await using var app = await StartAsync();
        var whole = await app.Http.SubmitAsync(Spec(epochs: 30));
        await TestRuns.WaitAsync(app.DataSource, whole, Waiting.Soon, "succeeded");
        var id = await app.Http.SubmitAsync(Spec(epochs: 30).Replace("\"epochs\"", "\"timeLimitSeconds\": 0.3, \"epochs\"", StringComparison.Ordinal));
        await TestRuns.WaitAsync(app.DataSource, id, Waiting.Soon, "failed");

        Assert.Equal(HttpStatusCode.Conflict, (await app.DoAsync(id, "retry")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await app.Http.PostJsonAsync($"/api/v1/runs/{id}/extend", """{ "timeLimitSeconds": 600 }""")).Status);
        await TestRuns.WaitAsync(app.DataSource, id, Waiting.Soon, "succeeded");

        Assert.Equal(await NumbersAsync(app, whole), await NumbersAsync(app, id));
        Assert.Contains("resumes from the checkpoint", await TestRuns.HistoryAsync(app.DataSource, id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fork_WithWeights_StartsFromThem()
    {
        await using var app = await StartAsync();
        var parent = await app.Http.SubmitAsync(Spec(epochs: 30));
        await TestRuns.WaitAsync(app.DataSource, parent, Waiting.Soon, "succeeded");
        var (_, learned, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{parent}");

        // Steps so small that they change nothing: what is validated are the weights that training started from.
        const string Still =
            """[{ "path": "/training/epochs", "value": 1 }, { "path": "/training/optimizer", "value": { "name": "sgd", "learningRate": 1e-8 } }]""";
        var (status, fork, _) = await app.Http.PostJsonAsync($"/api/v1/runs/{parent}/fork", $$"""{ "weights": true, "changes": {{Still}} }""");
        var (_, drawn, _) = await app.Http.PostJsonAsync($"/api/v1/runs/{parent}/fork", $$"""{ "changes": {{Still}} }""");
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(30, fork!["parent"]!["epoch"]!.GetValue<int>());

        // The parent and its files may go: the fork has a copy.
        await app.DoAsync(parent, "delete");
        var (with, without) = (await FinishAsync(app, fork), await FinishAsync(app, drawn!));

        Assert.Equal(learned!["validationLoss"]!.GetValue<double>(), with["validationLoss"]!.GetValue<double>(), 1e-5);
        Assert.True(without["validationLoss"]!.GetValue<double>() > 1.5 * learned["validationLoss"]!.GetValue<double>(), "The drawn weights are as good as the learned ones.");
        Assert.Contains("The initial weights are those of the checkpoint", await TestRuns.HistoryAsync(app.DataSource, with["id"]!.GetValue<Guid>()), StringComparison.Ordinal);
    }

    private static async Task<JsonNode> FinishAsync(TestApp app, JsonNode run)
    {
        var id = run["id"]!.GetValue<Guid>();
        await TestRuns.WaitAsync(app.DataSource, id, Waiting.Soon, "succeeded");
        return (await app.Http.GetJsonAsync($"/api/v1/runs/{id}")).Body!;
    }

    private Task<TestApp> StartAsync() => TestApp.StartAsync(
        server, "all", [("Trainer:Path", Repository.Trainer), ("Trainer:Threads", "1"), ("Queue:PollSeconds", "0.2")]);

    private static string Spec(int epochs) =>
        $$"""
        {
          "name": "touched", "seed": 3,
          "data": { "dataset": { "name": "xor", "trainSamples": 2000, "testSamples": 50 } },
          "model": { "kind": "mlp", "dense": [16], "activation": "tanh", "dropout": { "dense": 0.1 } },
          "training": { "epochs": {{epochs}}, "batchSize": 10, "evaluateTest": true, "optimizer": { "name": "adam", "learningRate": 0.01 } }
        }
        """;

    // Every number of a run that is not a time: all metric points, and the test results in the last event.
    private static async Task<List<string>> NumbersAsync(TestApp app, Guid id) =>
    [
        .. await TestRuns.ColumnAsync(
            app.DataSource,
            $"""
            select metric || ' ' || epoch || ' ' || step || ' ' || value from metric_points
            where run_id = '{id}' and metric <> 'images_per_second' order by metric, epoch
            """),
        .. await TestRuns.ColumnAsync(
            app.DataSource,
            $"select (data - 'seconds')::text from run_events where run_id = '{id}' and type = 'finished' order by seq desc limit 1"),
    ];
}

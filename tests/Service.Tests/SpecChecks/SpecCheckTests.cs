using System.Net;
using System.Text.Json.Nodes;

namespace Trainyard.Service.Tests.SpecChecks;

[Trait("Needs", "database")]
public sealed class SpecCheckTests(DatabaseServer server)
{
    private const string Path = "/api/v1/specs/check";

    [Fact]
    public async Task Check_ValidSpec_ShowsNetworkAndCostAndStoresNothing()
    {
        await using var app = await TestApp.StartAsync(server);

        var (status, check, _) = await app.Http.PostJsonAsync(Path, Api.Xor);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(check!["valid"]!.GetValue<bool>());
        Assert.Equal(["dense1", "activation1", "output"], check["layers"]!.AsArray().Select(layer => layer!["name"]!.GetValue<string>()));
        Assert.Equal(42, check["parameters"]!.GetValue<long>());
        Assert.True(check["flopsPerSample"]!.GetValue<long>() > 0);
        Assert.True(check["memoryBytes"]!.GetValue<long>() > 0);
        Assert.Null(check["expectedSecondsPerEpoch"]);
        Assert.Equal(128, check["spec"]!["training"]!["batchSize"]!.GetValue<int>());
        Assert.Empty((await app.Http.GetJsonAsync("/api/v1/runs")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task Check_InvalidSpec_AnswersWithFindings()
    {
        await using var app = await TestApp.StartAsync(server);

        var (status, check, _) = await app.Http.PostJsonAsync(Path, """{ "data": { "dataset": "xor" }, "model": { "kind": "mlp", "dense": [0] } }""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.False(check!["valid"]!.GetValue<bool>());
        Assert.Equal("/model/dense/0", Assert.Single(check["findings"]!.AsArray())!["pointer"]!.GetValue<string>());
        Assert.Null(check["spec"]);
        Assert.Empty(check["layers"]!.AsArray());
    }

    [Fact]
    public async Task Check_LayerThatDoesNotFit_ShowsTheTableUpToIt()
    {
        await using var app = await TestApp.StartAsync(server);

        var (status, check, _) = await app.Http.PostJsonAsync(
            Path,
            """
            {
              "data": { "dataset": "shapes" },
              "model": { "kind": "cnn", "blocks": [{ "filters": 4, "poolSize": 4 }, { "filters": 4, "poolSize": 4 }, { "filters": 4, "poolSize": 4 }] }
            }
            """);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.False(check!["valid"]!.GetValue<bool>());
        Assert.Equal(
            ["conv1", "activation1", "pool1", "conv2", "activation2", "pool2", "conv3", "activation3"],
            check["layers"]!.AsArray().Select(layer => layer!["name"]!.GetValue<string>()));
        Assert.Equal("""{"name":"pool3","kind":"pool","input":[4,2,2]}""", check["brokenLayer"]!.ToJsonString());
        var finding = Assert.Single(check["findings"]!.AsArray())!;
        Assert.Equal("pool3", finding["arguments"]!["layer"]!.GetValue<string>());
        Assert.Equal("The input of pool3 is smaller than its pooling window.", finding["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task Check_NotJson_IsMalformed()
    {
        await using var app = await TestApp.StartAsync(server);

        Api.IsProblem(await app.Http.PostJsonAsync(Path, "NaN"), HttpStatusCode.BadRequest, "not-json");
    }

    [Fact]
    public async Task Check_AfterSimilarRuns_ExpectsTheirMedianTime()
    {
        await using var app = await TestApp.StartAsync(server);
        await PastRuns.AddAsync(app, seconds: 6, epochs: [3, 3.4, 4]);
        await PastRuns.AddAsync(app, seconds: 5, epochs: [1, 2]);
        await PastRuns.AddAsync(app, seconds: 3, epochs: [2, 2.05]);

        var (_, same, _) = await app.Http.PostJsonAsync(Path, Api.Xor);
        var (_, muchLarger, _) = await app.Http.PostJsonAsync(Path, Api.Xor.Replace("[8]", "[800]", StringComparison.Ordinal));

        // Without the first epoch 0.5, 1 and 0.05 seconds per epoch; 4.5, 3 and 2.9 beside them.
        Assert.Equal(0.5, same!["expectedSecondsPerEpoch"]!.GetValue<double>(), 6);
        Assert.Equal(3 + (3 * 0.5), same["expectedSeconds"]!.GetValue<double>(), 6);
        Assert.Null(muchLarger!["expectedSeconds"]);
    }

    [Theory]
    [InlineData(1, new[] { 2.0 })] // Only a first epoch.
    [InlineData(1, new double[0])]
    [InlineData(2, new[] { 2.0, 3 })] // It may have waited between its attempts.
    public async Task Check_AfterRunsThatDoNotTell_ExpectsNothing(int attempt, double[] epochs)
    {
        await using var app = await TestApp.StartAsync(server);
        await PastRuns.AddAsync(app, 10, epochs, attempt);

        Assert.Null((await app.Http.PostJsonAsync(Path, Api.Xor)).Body!["expectedSeconds"]);
    }

    [Fact]
    public async Task Check_AfterRunsWithOtherBatches_ExpectsTheTimeOfTheMostSimilar()
    {
        await using var app = await TestApp.StartAsync(server);
        await PastRuns.AddAsync(app, seconds: 9, epochs: [1, 9], spec: Batches(8));
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await PastRuns.AddAsync(app, seconds: 3, epochs: [1, 2], spec: Batches(32));
        }

        // Four times as many steps: too different.
        Assert.Equal(4, (await app.Http.PostJsonAsync(Path, Batches(32))).Body!["expectedSeconds"]!.GetValue<double>(), 6);
        Assert.Null((await app.Http.PostJsonAsync(Path, Batches(256))).Body!["expectedSeconds"]);

        static string Batches(int size) => Api.Xor.Replace("\"epochs\": 3", $"\"epochs\": 3, \"batchSize\": {size}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spec_WithoutATimeLimit_GetsTheDefaultOfTheService()
    {
        await using var app = await TestApp.StartAsync(server, "all", [("Specs:DefaultTimeLimitSeconds", "120")]);

        var (_, check, _) = await app.Http.PostJsonAsync(Path, Api.Xor);
        var (_, run, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{await app.Http.SubmitAsync()}");
        var (_, fork, _) = await app.Http.PostJsonAsync($"/api/v1/runs/{run!["id"]}/fork", """{ "changes": [{ "path": "/training/timeLimitSeconds", "value": null }] }""");

        Assert.All((JsonNode?[])[check, run, fork], answer => Assert.Equal(120, answer!["spec"]!["training"]!["timeLimitSeconds"]!.GetValue<double>()));
    }

    [Fact]
    public async Task Spec_BeyondTheMemory_IsRefusedByCheckSubmitAndFork()
    {
        const string Large = """{ "data": { "dataset": "cifar-10" }, "model": { "kind": "cnn", "blocks": [{ "filters": 256 }] }, "training": { "batchSize": 4096 } }""";
        await using var app = await TestApp.StartAsync(server, "all", [("Specs:MaximumMemoryGib", "2")]);
        var id = await app.Http.SubmitAsync(Large.Replace("4096", "64", StringComparison.Ordinal));

        var (_, check, _) = await app.Http.PostJsonAsync(Path, Large);
        var submitted = await app.Http.PostJsonAsync("/api/v1/runs", Large);
        var forked = await app.Http.PostJsonAsync($"/api/v1/runs/{id}/fork", """{ "changes": [{ "path": "/training/batchSize", "value": 4096 }] }""");

        Assert.False(check!["valid"]!.GetValue<bool>());
        Api.IsProblem(submitted, HttpStatusCode.UnprocessableEntity, "invalid-spec");
        Api.IsProblem(forked, HttpStatusCode.UnprocessableEntity, "invalid-spec");
        Assert.All(
            (JsonNode?[])[check, submitted.Body, forked.Body],
            answer => Assert.Equal("too_much_memory", answer!["findings"]![0]!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Spec_BeyondTheMemoryOfEveryConnectedWorker_IsRefused()
    {
        const string Large = """{ "data": { "dataset": "cifar-10" }, "model": { "kind": "cnn", "blocks": [{ "filters": 256 }] }, "training": { "batchSize": 1024 } }""";
        await using var app = await TestApp.StartAsync(server);
        await using var insert = app.DataSource.CreateCommand(
            """
            insert into workers (id, host, process_id, queues, slots, started_at, seen_at, memory_bytes) values
                ('small', 'a', 1, '{cpu}', 1, now(), now(), 1 << 30), ('large', 'b', 1, '{cpu}', 1, now(), now(), 2::bigint << 30),
                ('gone', 'c', 1, '{cpu}', 1, now(), now() - interval '1 hour', 100::bigint << 30), ('gpu', 'd', 1, '{cuda}', 1, now(), now(), 100::bigint << 30)
            """);
        await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var (_, check, _) = await app.Http.PostJsonAsync(Path, Large);

        var finding = check!["findings"]![0]!;
        Assert.Equal(("too_much_memory", 2L << 30), (finding["code"]!.GetValue<string>(), finding["arguments"]!["maximumBytes"]!.GetValue<long>()));
    }

    [Fact]
    public async Task Check_SpeedOfSimilarRunsBeyondTheTimeLimit_Warns()
    {
        await using var app = await TestApp.StartAsync(server);
        await PastRuns.AddAsync(app, seconds: 40, epochs: [10, 20]);

        // Ten seconds, three times.
        var limited = Api.Xor.Replace("\"epochs\": 3", "\"epochs\": 3, \"timeLimitSeconds\": 20", StringComparison.Ordinal);
        var (_, check, _) = await app.Http.PostJsonAsync(Path, limited);
        var (_, enough, _) = await app.Http.PostJsonAsync(Path, limited.Replace("20", "31", StringComparison.Ordinal));

        Assert.True(check!["valid"]!.GetValue<bool>());
        var finding = Assert.Single(check["findings"]!.AsArray())!;
        Assert.Equal(("longer_than_limit", "/training/timeLimitSeconds"), (finding["code"]!.GetValue<string>(), finding["pointer"]!.GetValue<string>()));
        Assert.Equal((30, 45), (finding["arguments"]!["expectedSeconds"]!.GetValue<double>(), finding["arguments"]!["suggested"]!.GetValue<double>()));
        Assert.Empty(enough!["findings"]!.AsArray());
    }
}

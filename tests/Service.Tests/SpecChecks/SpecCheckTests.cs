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
    public async Task Check_AfterSimilarRuns_ExpectsTheirMedianSpeed()
    {
        await using var app = await TestApp.StartAsync(server);
        await SucceedAsync(app, seconds: 10, speeds: [1, 720, 740, 700]);
        await SucceedAsync(app, seconds: 10, speeds: [1, 360]);
        await SucceedAsync(app, seconds: 10, speeds: [1, 7200]);

        var (_, same, _) = await app.Http.PostJsonAsync(Path, Api.Xor);
        var (_, muchLarger, _) = await app.Http.PostJsonAsync(Path, Api.Xor.Replace("[8]", "[800]", StringComparison.Ordinal));

        // 400 samples, a tenth of them for validation, at 720 per second: not the first epoch, and the median of 720, 360 and 7200.
        Assert.Equal(0.5, same!["expectedSecondsPerEpoch"]!.GetValue<double>(), 6);
        Assert.Null(muchLarger!["expectedSecondsPerEpoch"]);
    }

    [Theory]
    [InlineData(1.9, new[] { 1.0, 720 })] // Mostly start-up.
    [InlineData(10, new[] { 720.0 })] // Only a first epoch.
    [InlineData(10, new double[0])]
    public async Task Check_AfterRunsThatMeasureStartup_ExpectsNothing(double seconds, double[] speeds)
    {
        await using var app = await TestApp.StartAsync(server);
        await SucceedAsync(app, seconds, speeds);

        Assert.Null((await app.Http.PostJsonAsync(Path, Api.Xor)).Body!["expectedSecondsPerEpoch"]);
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
        await SucceedAsync(app, seconds: 10, speeds: [1, 36]);

        // 360 samples at 36 per second, three times.
        var limited = Api.Xor.Replace("\"epochs\": 3", "\"epochs\": 3, \"timeLimitSeconds\": 20", StringComparison.Ordinal);
        var (_, check, _) = await app.Http.PostJsonAsync(Path, limited);
        var (_, enough, _) = await app.Http.PostJsonAsync(Path, limited.Replace("20", "31", StringComparison.Ordinal));

        Assert.True(check!["valid"]!.GetValue<bool>());
        var finding = Assert.Single(check["findings"]!.AsArray())!;
        Assert.Equal(("longer_than_limit", "/training/timeLimitSeconds"), (finding["code"]!.GetValue<string>(), finding["pointer"]!.GetValue<string>()));
        Assert.Equal((30, 45), (finding["arguments"]!["expectedSeconds"]!.GetValue<double>(), finding["arguments"]!["suggested"]!.GetValue<double>()));
        Assert.Empty(enough!["findings"]!.AsArray());
    }

    private static async Task SucceedAsync(TestApp app, double seconds, double[] speeds)
    {
        var id = await app.Http.SubmitAsync();
        var points = string.Concat(speeds.Select((speed, index) => $"insert into metric_points values ('{id}', 'images_per_second', {index + 1}, {index + 1}, {speed}, now());"));
        await using var finish = app.DataSource.CreateCommand(
            $"update runs set state = 'succeeded', finished_at = now(), elapsed_seconds = {seconds} where id = '{id}';{points}");
        await finish.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}

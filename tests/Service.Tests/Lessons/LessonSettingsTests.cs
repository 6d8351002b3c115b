using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Trainyard.Service.Tests.Queue;
using Trainyard.Service.Tests.SpecChecks;

namespace Trainyard.Service.Tests.Lessons;

/// <summary>What can be set before a lesson runs, and what it would cost.</summary>
[Trait("Needs", "database")]
public sealed class LessonSettingsTests(DatabaseServer server)
{
    private const string Table = "/api/v1/lessons/activation-by-init";
    private const string Narrow = """{ "settings": [{ "id": "epochs", "option": "10" }, { "id": "depth", "option": "6" }] }""";

    [Fact]
    public async Task Start_WithSettings_QueuesChangedRunsAndKeepsAllSettings()
    {
        await using var app = await TestApp.StartAsync(server);

        var (status, attempt, _) = await app.Http.PostJsonAsync($"{Table}/runs", Narrow);

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(25, attempt!["runs"]!.AsArray().Count);
        Assert.Equal(
            ["0.15|0.34|10|1000"],
            await TestRuns.ColumnAsync(
                app.DataSource,
                "select distinct concat_ws('|', spec #>> '{model,preset,width}', spec #>> '{model,preset,depth}', spec #>> '{training,epochs}', spec #>> '{data,trainLimit}') from runs"));
        string[] settings = ["data=fashion-mnist", "images=1000", "width=5-to-19", "depth=6", "epochs=10"];
        Assert.Equal(settings, Settings(attempt));
        Assert.Equal(settings, Settings((await app.Http.GetJsonAsync($"{Table}/outcome")).Body!["attempt"]!));
    }

    [Theory]
    [InlineData("activation-by-init", """[{ "id": "widht", "option": "5-to-19" }]""", "/settings/0/id", "\"width\"")]
    [InlineData("activation-by-init", """[{ "id": "width", "option": "5-to-18" }]""", "/settings/0/option", "\"5-to-19\"")]
    [InlineData("activation-by-init", """[{ "id": "depth", "option": "6" }, { "id": "depth", "option": "9" }]""", "/settings/1/id", "Remove")]
    [InlineData("activation-by-init", """[{ "id": "depth" }]""", "/settings/0/option", "option")]
    [InlineData("activation-by-init", """[{ "id": "depth", "option": 6 }]""", "/settings/0/option", "text")]
    [InlineData("xor", """[{ "id": "depth", "option": "6" }]""", "/settings", "Remove")]
    public async Task Start_WithSettingsThatTheLessonDoesNotHave_IsRefusedWithAFix(string lesson, string settings, string pointer, string fix)
    {
        await using var app = await TestApp.StartAsync(server);

        foreach (var action in (string[])["runs", "check"])
        {
            var answer = await app.Http.PostJsonAsync($"/api/v1/lessons/{lesson}/{action}", $$"""{ "settings": {{settings}} }""");

            Api.IsProblem(answer, HttpStatusCode.UnprocessableEntity, "invalid-body");
            var finding = Assert.Single(answer.Body!["findings"]!.AsArray())!;
            Assert.Equal(pointer, finding["pointer"]!.GetValue<string>());
            Assert.Contains(fix, finding["fix"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        Assert.Equal(0L, await TestRuns.ScalarAsync(app.DataSource, "select count(*) from runs"));
    }

    [Fact]
    public async Task Check_WithoutAnyRun_KnowsTheOperationsAndAssumesAGpu()
    {
        await using var app = await TestApp.StartAsync(server);

        var usual = await CheckAsync(app, Table, "{}");
        var longer = await CheckAsync(app, Table, """{ "settings": [{ "id": "epochs", "option": "30" }] }""");

        Assert.Equal(25, usual["runs"]!.GetValue<int>());
        Assert.Equal(10, Number(longer, "flops") / Number(usual, "flops"), 6);
        var (cpu, gpu) = (usual["costs"]![0]!, usual["costs"]![1]!);
        Assert.Equal(("cpu", null), (cpu["device"]!.GetValue<string>(), cpu["seconds"]));
        Assert.Equal(("cuda", "assumption", 1), (gpu["device"]!.GetValue<string>(), gpu["basis"]!.GetValue<string>(), gpu["atATime"]!.GetValue<int>()));
        Assert.Equal(Number(usual, "flops") / Number(gpu, "flopsPerSecond"), Number(gpu, "seconds"), 6);
    }

    [Fact]
    public async Task Check_AfterSimilarRuns_ExpectsTheirTimeOnAllSlots()
    {
        await using var app = await TestApp.StartAsync(server);
        var runs = (await app.Http.GetJsonAsync("/api/v1/lessons/xor")).Body!["runs"]!.AsArray();
        foreach (var run in runs)
        {
            var epochs = run!["spec"]!["training"]!["epochs"]!.GetValue<int>();
            await PastRuns.AddAsync(app, seconds: (0.5 * epochs) + 4, [.. Enumerable.Range(1, epochs).Select(epoch => 0.5 * epoch)], spec: run["spec"]!.ToJsonString());
        }

        var alone = (await CheckAsync(app, "/api/v1/lessons/xor", "{}"))["costs"]![0]!;
        await TestRuns.ExecuteAsync(
            app.DataSource, "insert into workers (id, host, process_id, queues, slots, started_at, seen_at) values ('w', 'h', 1, '{cpu}', 8, now(), now())");
        var beside = (await CheckAsync(app, "/api/v1/lessons/xor", "{}"))["costs"]![0]!;

        var expected = runs.Sum(run => (0.5 * run!["spec"]!["training"]!["epochs"]!.GetValue<int>()) + 4);
        Assert.Equal(("similar_runs", 1, null), (alone["basis"]!.GetValue<string>(), alone["atATime"]!.GetValue<int>(), alone["flopsPerSecond"]));
        Assert.Equal(expected, Number(alone, "seconds"), 6);
        // Two runs have no use for eight slots.
        Assert.Equal((2, expected / 2), (beside["atATime"]!.GetValue<int>(), Number(beside, "seconds")));
    }

    [Fact]
    public async Task Check_AfterOtherRunsOfItsKind_ExpectsTheirRate()
    {
        await using var app = await TestApp.StartAsync(server);
        var check = (await app.Http.PostJsonAsync("/api/v1/specs/check", Small)).Body!;
        await PastRuns.AddAsync(app, seconds: 9, [1, 3], spec: Small);
        // Steps, not arithmetic, limit a perceptron: its rate tells nothing.
        await PastRuns.AddAsync(app, seconds: 9, [1, 3], spec: """{ "data": { "dataset": "xor" }, "model": { "kind": "preset", "preset": "perceptron" }, "training": { "epochs": 2, "optimizer": "adam" } }""");

        var published = await CheckAsync(
            app, Table, """{ "settings": [{ "id": "width", "option": "32-to-128" }, { "id": "images", "option": "all" }] }""");

        // 300 samples in the two seconds of its second epoch, forward and backward.
        var rate = 3 * Number(check, "flopsPerSample") * 300 / 2;
        var cpu = published["costs"]![0]!;
        Assert.Equal("other_runs", cpu["basis"]!.GetValue<string>());
        Assert.Equal(rate, Number(cpu, "flopsPerSecond"), 3);
        Assert.Equal(1, Number(cpu, "seconds") / (Number(published, "flops") / rate), 6);
    }

    [Fact]
    public async Task Check_OfStudiesAndLabs_CountsTheirRuns()
    {
        await using var app = await TestApp.StartAsync(server);

        var full = await CheckAsync(app, "/api/v1/lessons/hyperparameter-search", "{}");
        var quick = await CheckAsync(app, "/api/v1/lessons/hyperparameter-search", """{ "size": "quick" }""");
        var lab = await CheckAsync(app, "/api/v1/lessons/backprop-by-hand", "{}");

        Assert.True(quick["runs"]!.GetValue<int>() < full["runs"]!.GetValue<int>(), $"{full} {quick}");
        Assert.Null(Assert.Single(full["costs"]!.AsArray())!["seconds"]);
        Assert.Equal((0, 0), (lab["runs"]!.GetValue<int>(), lab["costs"]!.AsArray().Count));
        Api.IsProblem(await app.Http.PostJsonAsync("/api/v1/lessons/none/check", "{}"), HttpStatusCode.NotFound, "unknown-lesson");
    }

    // Of the same kind as the networks of the table, and far from them in operations per sample.
    private const string Small =
        """
        {
          "data": { "dataset": { "name": "shapes", "trainSamples": 400, "testSamples": 100 }, "validationCount": 100 },
          "model": { "kind": "preset", "preset": { "name": "fitnet4", "width": 0.1 }, "initialization": "lsuv" },
          "training": { "epochs": 2, "batchSize": 25, "optimizer": "momentum" }
        }
        """;

    private static double Number(JsonNode node, string name) => node[name]!.GetValue<double>();

    private static IEnumerable<string> Settings(JsonNode attempt) => attempt["settings"]!.AsArray().Select(setting => string.Create(CultureInfo.InvariantCulture, $"{setting!["id"]}={setting["option"]}"));

    private static async Task<JsonNode> CheckAsync(TestApp app, string lesson, string request)
    {
        var (status, check, _) = await app.Http.PostJsonAsync($"{lesson}/check", request);
        Assert.True(status == HttpStatusCode.OK, $"{check}");
        return check!;
    }
}

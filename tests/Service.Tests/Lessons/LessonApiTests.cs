using System.Net;
using System.Text.Json.Nodes;
using Trainyard.Service.Lessons;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Access;
using Trainyard.Service.Tests.Queue;
using Trainyard.Service.Tests.Studies;

namespace Trainyard.Service.Tests.Lessons;

[Trait("Needs", "database")]
public sealed class LessonApiTests(DatabaseServer server)
{
    private const string Xor = "/api/v1/lessons/xor";

    [Fact]
    public async Task List_IsInCourseOrder_AndDetailHasSpecsThatAreAccepted()
    {
        await using var app = await TestApp.StartAsync(server);

        var (_, list, _) = await app.Http.GetJsonAsync("/api/v1/lessons");
        var (_, xor, _) = await app.Http.GetJsonAsync(Xor);

        Assert.Equal(["backpropagation", "activations"], list!["items"]!.AsArray().Select(lesson => lesson!["chapter"]!.GetValue<string>()).Distinct(StringComparer.Ordinal).Take(2));
        Assert.All(list["items"]!.AsArray(), lesson => Assert.Null(lesson!["progress"]));
        Assert.Equal(["Single layer", "One hidden layer of 8"], xor!["runs"]!.AsArray().Select(run => run!["label"]!["en"]!.GetValue<string>()));
        foreach (var run in xor["runs"]!.AsArray())
        {
            var check = await app.Http.PostJsonAsync("/api/v1/specs/check", run!["spec"]!.ToJsonString());
            Assert.True(check.Body!["valid"]!.GetValue<bool>());
        }

        var unknown = await app.Http.GetJsonAsync("/api/v1/lessons/none");
        Api.IsProblem(unknown, HttpStatusCode.NotFound, "unknown-lesson");
        Assert.Equal("GET /api/v1/lessons lists the lessons.", unknown.Body!["help"]!.GetValue<string>());
        Api.IsProblem(await app.Http.GetJsonAsync($"{Xor}/outcome"), HttpStatusCode.NotFound, "unknown-attempt");
    }

    [Fact]
    public async Task Start_QueuesAllRunsOnce_AndKeepsThePrediction()
    {
        await using var app = await TestApp.StartAsync(server);
        const string Request = """{ "prediction": "all", "seed": 5 }""";

        var first = await app.Http.PostJsonAsync($"{Xor}/runs", Request, "key");
        var second = await app.Http.PostJsonAsync($"{Xor}/runs", Request, "key");
        var other = await app.Http.PostJsonAsync($"{Xor}/runs", "{}", "key");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.Equal(first.Body!["id"]!.GetValue<Guid>(), second.Body!["id"]!.GetValue<Guid>());
        Api.IsProblem(other, HttpStatusCode.Conflict, "key-reused");
        Assert.Equal(["Single layer|5|lesson xor", "One hidden layer of 8|5|lesson xor"], await TestRuns.ColumnAsync(app.DataSource, "select name || '|' || seed || '|' || experiment from runs order by id"));
        var (_, outcome, _) = await app.Http.GetJsonAsync($"{Xor}/outcome");
        Assert.Equal(("all", false), (outcome!["attempt"]!["prediction"]!.GetValue<string>(), outcome["predictionRight"]!.GetValue<bool>()));
        Assert.Equal(["pending", "pending"], Verdicts(outcome));
    }

    [Fact]
    public async Task Start_OfLessonsThatAskALab_JudgesItsResultAndEveryClaimHolds()
    {
        await using var app = await TestApp.StartAsync(server, role: "all");
        var ids = new LessonCatalog().All.Where(lesson => lesson.File.Labs is not null).Select(lesson => lesson.Id).ToList();
        Assert.Superset(
            new HashSet<string> { "backprop-by-hand", "gradient-check", "optimizer-paths", "nesterov-overshoot", "adam-bias-correction", "convolution-arithmetic" }, ids.ToHashSet());
        foreach (var id in ids)
        {
            Assert.Equal(HttpStatusCode.Created, (await app.Http.PostJsonAsync($"/api/v1/lessons/{id}/runs", "{}")).Status);
        }

        foreach (var id in ids)
        {
            JsonNode? outcome = null;
            await Waiting.UntilAsync(async () => (outcome = (await app.Http.GetJsonAsync($"/api/v1/lessons/{id}/outcome")).Body)!["ended"]!.GetValue<bool>(), $"the lab of {id} answers");
            Assert.All(outcome!["claims"]!.AsArray(), claim => Assert.True(claim!["verdict"]!.GetValue<string>() == "holds", $"{id}: {claim.ToJsonString()}"));
        }

        // The result is kept with the attempt: the labs keep a bounded number of answers.
        await TestRuns.ExecuteAsync(app.DataSource, "delete from lab_results");
        Assert.NotNull((await app.Http.GetJsonAsync("/api/v1/lessons/backprop-by-hand/outcome")).Body!["attempt"]!["labs"]![0]!["result"]!["nodes"]);
    }

    [Fact]
    public async Task Start_OverTheQuota_StoresNothing()
    {
        await using var app = await TestApp.StartAsync(server, settings: [("Access:Limits:QueuedRuns", "1")]);

        var answer = await app.Http.PostJsonAsync($"{Xor}/runs", "{}");

        Api.IsProblem(answer, HttpStatusCode.TooManyRequests, "limit-reached");
        Assert.Equal((0L, 0L), (await TestRuns.ScalarAsync(app.DataSource, "select count(*) from runs"), await TestRuns.ScalarAsync(app.DataSource, "select count(*) from lesson_attempts")));
    }

    [Fact]
    public async Task Start_UnknownPrediction_IsRefusedWithTheOptions()
    {
        await using var app = await TestApp.StartAsync(server);

        var answer = await app.Http.PostJsonAsync($"{Xor}/runs", """{ "prediction": "three-quarter" }""");

        Api.IsProblem(answer, HttpStatusCode.UnprocessableEntity, "invalid-body");
        var finding = Assert.Single(answer.Body!["findings"]!.AsArray())!;
        Assert.Equal("/prediction", finding["pointer"]!.GetValue<string>());
        Assert.Contains("three-quarters", finding["fix"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outcome_OfOthers_IsNotTheCallersProgress()
    {
        await using var app = await AccessApp.StartAsync(server);
        using var ada = await app.SignInAsync("ada", AccessScope.Submit);
        using var bob = await app.SignInAsync("bob", AccessScope.Submit);
        var attempt = (await ada.PostJsonAsync($"{Xor}/runs", "{}")).Body!["id"]!.GetValue<Guid>();

        Assert.Equal(attempt, (await ada.GetJsonAsync(Xor)).Body!["progress"]!["attempt"]!.GetValue<Guid>());
        Assert.Null((await bob.GetJsonAsync(Xor)).Body!["progress"]);
        Assert.Empty((await bob.GetJsonAsync($"{Xor}/attempts")).Body!["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.OK, (await bob.GetJsonAsync($"{Xor}/outcome?attempt={attempt}")).Status);
    }

    [Fact]
    public async Task Lesson_TrainedByRealTrainersWithThreeSeeds_HasVerdictsWithNumbers()
    {
        await using var app = await TestApp.StartAsync(server, "all", [("Trainer:Path", Repository.Trainer), ("Trainer:Threads", "1"), ("Worker:Slots", "2")]);

        List<Guid> attempts = [];
        for (var seed = 1; seed <= 3; seed++)
        {
            var start = await app.Http.PostJsonAsync($"{Xor}/runs", $$"""{ "prediction": "three-quarters", "seed": {{seed}} }""");
            Assert.True(start.Status == HttpStatusCode.Created, $"{start.Body}");
            attempts.Add(start.Body!["id"]!.GetValue<Guid>());
        }

        await app.WaitForAsync("bool_and(state = 'succeeded') from runs");

        foreach (var attempt in attempts)
        {
            var (_, outcome, _) = await app.Http.GetJsonAsync($"{Xor}/outcome?attempt={attempt}");
            Assert.Equal(["holds", "holds"], Verdicts(outcome!));
            Assert.Equal((true, true), (outcome!["ended"]!.GetValue<bool>(), outcome["predictionRight"]!.GetValue<bool>()));
            Assert.Equal(1, outcome["claims"]![1]!["result"]!.GetValue<double>());
        }

        var (_, xor, _) = await app.Http.GetJsonAsync(Xor);
        Assert.Equal((2, 2, true), (xor!["progress"]!["holds"]!.GetValue<int>(), xor["progress"]!["claims"]!.GetValue<int>(), xor["progress"]!["ended"]!.GetValue<bool>()));
        Assert.Equal(3L, await TestRuns.ScalarAsync(app.DataSource, "select count(*) from lesson_attempts where outcome is not null"));
    }

    private static IEnumerable<string> Verdicts(JsonNode outcome) => outcome["claims"]!.AsArray().Select(claim => claim!["verdict"]!.GetValue<string>());
}

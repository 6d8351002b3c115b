using System.Net;
using System.Text.Json.Nodes;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Access;
using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Diagnosis;

namespace Trainyard.Service.Tests.Runs;

[Trait("Needs", "database")]
public sealed class ArchiveTests(DatabaseServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Archive_RunInAnyState_HidesItUntilItIsRestored()
    {
        await using var app = await TestApp.StartAsync(server);
        var (kept, archived) = (await app.Http.SubmitAsync(), await app.Http.SubmitAsync());

        var (status, run, _) = await app.Http.PostJsonAsync($"/api/v1/runs/{archived}/archive", "{}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotNull(run!["archivedAt"]);
        Assert.Equal("queued", run["state"]!.GetValue<string>());
        foreach (var sort in (string[])["created", "name", "param.training.epochs", "metric.train_loss.best", "param.data.trainLimit"])
        {
            Assert.Equal([kept], await ListAsync(app, $"?sort={sort}"));
            Assert.Equal([archived], await ListAsync(app, $"?sort={sort}&archived=true"));
        }

        Assert.Equal([kept], await ListAsync(app, "?experiment=default"));
        Assert.Equal(archived, (await app.Http.GetJsonAsync($"/api/v1/runs/{archived}")).Body!["id"]!.GetValue<Guid>());
        Assert.Equal(1, (await app.Http.GetJsonAsync("/api/v1/experiments")).Body!["items"]![0]!["runs"]!.GetValue<int>());

        // Again, and back, and back again.
        Assert.Equal(HttpStatusCode.OK, (await app.Http.PostJsonAsync($"/api/v1/runs/{archived}/archive", "{}")).Status);
        Assert.Null((await app.Http.PostJsonAsync($"/api/v1/runs/{archived}/restore", "{}")).Body!["archivedAt"]);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.PostJsonAsync($"/api/v1/runs/{archived}/restore", "{}")).Status);
        Assert.Equal([archived, kept], await ListAsync(app, ""));
        Api.IsProblem(await app.Http.PostJsonAsync($"/api/v1/runs/{Guid.NewGuid()}/archive", "{}"), HttpStatusCode.NotFound, "unknown-run");
    }

    [Fact]
    public async Task Experiment_RenamedDescribedAndArchived_TakesItsRunsAlong()
    {
        await using var app = await TestApp.StartAsync(server);
        var (first, second) = (await SubmitAsync(app.Http, "a/b ?"), await SubmitAsync(app.Http, "a/b ?"));
        var other = await SubmitAsync(app.Http, "other");
        await app.Http.PostJsonAsync($"/api/v1/runs/{first}/archive", "{}");

        Assert.Equal(HttpStatusCode.NoContent, (await PatchAsync(app.Http, "a/b ?", """{ "description": "Two seeds." }""")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await PatchAsync(app.Http, "a/b ?", """{ "name": "Seeds" }""")).Status);
        Assert.Equal(["other 1 ", "Seeds 1 Two seeds."], await ExperimentsAsync(app.Http, ""));
        Assert.Equal(["Seeds 1 Two seeds."], await ExperimentsAsync(app.Http, "?q=EED"));
        Assert.Equal([second], await ListAsync(app, "?experiment=Seeds"));
        Assert.Equal([second], await ListAsync(app, "?q=Seeds"));
        Api.IsProblem(await PatchAsync(app.Http, "Seeds", """{ "name": "other" }"""), HttpStatusCode.Conflict, "experiment-exists");
        Api.IsProblem(await PatchAsync(app.Http, "a/b ?", """{ "name": "x" }"""), HttpStatusCode.NotFound, "unknown-experiment");

        var (_, archived, _) = await app.Http.PostJsonAsync("/api/v1/experiments/archive?name=Seeds", "{}");
        Assert.Equal(1, archived!["runs"]!.GetValue<int>());
        Assert.Equal(["other 1 "], await ExperimentsAsync(app.Http, ""));

        // Undone for the run that this archived, not for the one from before.
        var at = Uri.EscapeDataString(archived["archivedAt"]!.GetValue<string>());
        var (_, restored, _) = await app.Http.PostJsonAsync($"/api/v1/experiments/restore?name=Seeds&archivedAt={at}", "{}");
        Assert.Equal(1, restored!["runs"]!.GetValue<int>());
        Assert.Equal([other, second], await ListAsync(app, ""));
        Assert.Equal(["other 1 ", "Seeds 1 Two seeds."], await ExperimentsAsync(app.Http, ""));

        var (_, page, _) = await app.Http.GetJsonAsync("/api/v1/experiments?limit=1");
        Assert.Equal("other", page!["items"]![0]!["name"]!.GetValue<string>());
        Assert.Equal(["Seeds 1 Two seeds."], await ExperimentsAsync(app.Http, $"?limit=1&after={page["next"]}"));
    }

    [Fact]
    public async Task Experiment_WithRunsOfOthers_IsTheirsToo()
    {
        await using var app = await AccessApp.StartAsync(server);
        using var owner = await app.SignInAsync("owner", AccessScope.Submit);
        using var other = await app.SignInAsync("other", AccessScope.Submit);
        using var admin = await app.SignInAsync("admin", AccessScope.Admin);
        await SubmitAsync(owner, "mine");

        Api.IsProblem(await PatchAsync(other, "mine", """{ "name": "x" }"""), HttpStatusCode.Forbidden, "not-allowed");
        Api.IsProblem(await other.PostJsonAsync("/api/v1/experiments/archive?name=mine", "{}"), HttpStatusCode.Forbidden, "not-allowed");
        Api.IsProblem(await other.PostJsonAsync("/api/v1/experiments/restore?name=mine", "{}"), HttpStatusCode.Forbidden, "not-allowed");
        Assert.Equal(HttpStatusCode.NoContent, (await PatchAsync(owner, "mine", """{ "description": "x" }""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await admin.PostJsonAsync("/api/v1/experiments/archive?name=mine", "{}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await owner.PostJsonAsync("/api/v1/experiments/restore?name=mine", "{}")).Status);
    }

    [Fact]
    public async Task Summary_OfARunWithResults_HasItsTrendAndDiagnosis()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();
        for (var epoch = 1; epoch <= 40; epoch++)
        {
            await AppendAsync(app, id, Epoch(epoch));
        }

        await AppendAsync(app, id, Found("dead_relu", DiagnosisSeverity.Warning), Found("overfitting", DiagnosisSeverity.Info), Found("vanishing_gradient", DiagnosisSeverity.Problem));
        await AppendAsync(app, id, Found("overfitting", DiagnosisSeverity.Warning), Found("dead_relu", DiagnosisSeverity.Warning));

        var run = (await app.Http.GetJsonAsync("/api/v1/runs")).Body!["items"]![0]!;

        Assert.Equal(0.05, run["learningRate"]!.GetValue<double>());
        // 40 epochs: every second one, from the first.
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (float)(((2 * i) + 1) / 100.0)), run["trend"]!.AsArray().Select(value => value!.GetValue<float>()));
        Assert.Equal(
            """{"problems":1,"warnings":2,"infos":0,"rules":["vanishing_gradient","dead_relu","overfitting"]}""", run["diagnosis"]!.ToJsonString());
    }

    private static EpochEvent Epoch(int epoch) => new()
    {
        Epoch = epoch, Step = epoch * 10, Seconds = 1, TrainLoss = 1, TrainAccuracy = 0.5, ValidationLoss = 1, ValidationAccuracy = epoch / 100.0, LearningRate = 0.01,
        ImagesPerSecond = 100, ElapsedSeconds = epoch,
    };

    private static FindingEvent Found(string rule, DiagnosisSeverity severity) => new()
    {
        Finding = new Finding
        {
            Rule = rule, Severity = severity, Epoch = 1, Arguments = new Dictionary<string, System.Text.Json.JsonElement>(), Message = "m", Evidence = [], Source = "s", Suggestion = null,
        },
    };

    private static async Task AppendAsync(TestApp app, Guid id, params RunEvent[] events)
    {
        await using var connection = await app.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await EventLog.AppendAsync(connection, transaction, id, 1, [.. events.Select(item => (TimeProvider.System.GetUtcNow(), item))], TimeProvider.System, Cancellation);
        await transaction.CommitAsync(Cancellation);
    }

    private static Task<Guid> SubmitAsync(HttpClient http, string experiment) =>
        http.SubmitAsync(Api.Xor.Replace("{ \"name\"", $"{{ \"experiment\": \"{experiment}\", \"name\"", StringComparison.Ordinal));

    private static async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> PatchAsync(HttpClient http, string name, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/experiments?name={Uri.EscapeDataString(name)}") { Content = new StringContent(json, null, "application/json") };
        return await http.AskAsync(request);
    }

    private static async Task<List<string>> ExperimentsAsync(HttpClient http, string query) =>
        [.. (await http.GetJsonAsync($"/api/v1/experiments{query}")).Body!["items"]!.AsArray().Select(item => $"{item!["name"]} {item["runs"]} {item["description"]}")];

    private static async Task<List<Guid>> ListAsync(TestApp app, string query) =>
        [.. (await app.Http.GetJsonAsync($"/api/v1/runs{query}")).Body!["items"]!.AsArray().Select(item => item!["id"]!.GetValue<Guid>())];
}

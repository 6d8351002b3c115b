using System.Net;
using System.Text.Json.Nodes;
using Npgsql;

namespace Trainyard.Service.Tests.Runs;

[Trait("Needs", "database")]
public sealed class SubmitTests(DatabaseServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_ValidSpec_StoresQueuedRunWithItsFirstEvent()
    {
        await using var app = await TestApp.StartAsync(server);

        var (status, run, response) = await app.Http.PostJsonAsync("/api/v1/runs", Api.Xor);

        Assert.Equal(HttpStatusCode.Created, status);
        var id = run!["id"]!.GetValue<Guid>();
        Assert.Equal($"/api/v1/runs/{id}", response.Headers.Location!.ToString());
        Assert.Equal("queued", run["state"]!.GetValue<string>());
        Assert.Equal("xor", run["dataset"]!.GetValue<string>());
        Assert.Equal("mlp", run["model"]!.GetValue<string>());
        var (_, preset, _) = await app.Http.PostJsonAsync(
            "/api/v1/runs", """{ "name": "net", "data": { "dataset": "fashion-mnist" }, "model": { "kind": "preset", "preset": "lenet" } }""");
        Assert.Equal("lenet", preset!["model"]!.GetValue<string>());
        var (_, found, _) = await app.Http.GetJsonAsync("/api/v1/runs?q=lenet");
        Assert.Equal(preset["id"]!.ToJsonString(), Assert.Single(found!["items"]!.AsArray())!["id"]!.ToJsonString());
        Assert.Equal("momentum", run["optimizer"]!.GetValue<string>());
        Assert.Equal(3, run["epochs"]!.GetValue<int>());
        Assert.Equal(42, run["parameters"]!.GetValue<long>());
        Assert.Equal(3, run["layers"]!.AsArray().Count);
        Assert.Equal(0.05, run["spec"]!["training"]!["optimizer"]!["learningRate"]!.GetValue<double>());

        var (_, shown, _) = await app.Http.GetJsonAsync(response.Headers.Location.ToString());
        Assert.Equal(run.ToJsonString(), shown!.ToJsonString());

        var (_, events, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/events");
        var first = Assert.Single(events!["items"]!.AsArray())!;
        Assert.Equal(1, first["seq"]!.GetValue<long>());
        Assert.Equal("state", first["event"]!["type"]!.GetValue<string>());
        Assert.Equal("queued", first["event"]!["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task Submit_ValidSpec_AnnouncesRunAndQueueWhenItIsStored()
    {
        await using var app = await TestApp.StartAsync(server);
        await using var listener = await app.DataSource.OpenConnectionAsync(Cancellation);
        List<string> received = [];
        listener.Notification += (_, note) => received.Add($"{note.Channel} {note.Payload}");
        await using (var listen = new NpgsqlCommand("listen trainyard_runs; listen trainyard_queue", listener))
        {
            await listen.ExecuteNonQueryAsync(Cancellation);
        }

        var id = await app.Http.SubmitAsync();

        while (received.Count < 2)
        {
            Assert.True(await listener.WaitAsync(Waiting.Soon, Cancellation), $"received only: {string.Join(", ", received)}");
        }

        Assert.Equal([$"trainyard_runs {id}:1", "trainyard_queue cpu"], received);
    }

    [Fact]
    public async Task Submit_KeyRepeated_ReturnsTheFirstRun()
    {
        await using var app = await TestApp.StartAsync(server);

        var (first, made, _) = await app.Http.PostJsonAsync("/api/v1/runs", Api.Xor, "key 1");
        var (second, found, _) = await app.Http.PostJsonAsync("/api/v1/runs", $"\n {Api.Xor}", "key 1");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first, second));
        Assert.Equal(made!["id"]!.ToString(), found!["id"]!.ToString());
    }

    [Fact]
    public async Task Submit_KeyRepeatedAtOnce_MakesOneRun()
    {
        await using var app = await TestApp.StartAsync(server);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Http.PostJsonAsync("/api/v1/runs", Api.Xor, "at-once")));

        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(7, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Single(answers.Select(answer => answer.Body!["id"]!.ToString()).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Submit_KeyOfAnotherSpec_IsConflict()
    {
        await using var app = await TestApp.StartAsync(server);
        await app.Http.PostJsonAsync("/api/v1/runs", Api.Xor, "key");

        var answer = await app.Http.PostJsonAsync("/api/v1/runs", Api.Xor.Replace("[8]", "[9]", StringComparison.Ordinal), "key");

        Api.IsProblem(answer, HttpStatusCode.Conflict, "key-reused");
    }

    [Fact]
    public async Task Submit_KeyRepeatedAfterTheRunChanged_ReturnsTheFirstRun()
    {
        await using var app = await TestApp.StartAsync(server);
        var spec = Api.Xor.Replace("\"epochs\": 3", "\"epochs\": 3, \"labelSmoothing\": 0.0", StringComparison.Ordinal);
        var (_, made, _) = await app.Http.PostJsonAsync("/api/v1/runs", spec, "key");
        var id = made!["id"]!.GetValue<Guid>();
        using var rename = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/runs/{id}") { Content = new StringContent("""{ "name": "b" }""", null, "application/json") };
        await app.Http.AskAsync(rename);
        await app.DoAsync(id, "cancel");
        Assert.Equal(HttpStatusCode.Accepted, (await app.Http.PostJsonAsync($"/api/v1/runs/{id}/extend", """{ "epochs": 9 }""")).Status);
        await app.DoAsync(id, "cancel");
        await app.DoAsync(id, "retry");

        var again = await app.Http.PostJsonAsync("/api/v1/runs", spec.Replace("0.0", "-0.0", StringComparison.Ordinal), "key");
        var asItIs = await app.Http.PostJsonAsync("/api/v1/runs", again.Body!["spec"]!.ToJsonString(), "key");

        Assert.Equal((HttpStatusCode.OK, $"{id}"), (again.Status, $"{again.Body["id"]}"));
        Api.IsProblem(asItIs, HttpStatusCode.Conflict, "key-reused");
        Assert.Equal($"{id}", asItIs.Body!["run"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("tab\there")]
    public async Task Submit_KeyNotPrintable_IsRefused(string key)
    {
        await using var app = await TestApp.StartAsync(server);

        Api.IsProblem(await app.Http.PostJsonAsync("/api/v1/runs", Api.Xor, key), HttpStatusCode.BadRequest, "bad-parameter");
    }

    [Fact]
    public async Task Submit_KeyTooLong_IsRefused()
    {
        await using var app = await TestApp.StartAsync(server);

        var answer = await app.Http.PostJsonAsync("/api/v1/runs", Api.Xor, new string('k', 201));

        Api.IsProblem(answer, HttpStatusCode.BadRequest, "bad-parameter");
        Assert.Equal("The header Idempotency-Key must have 1 to 200 printable ASCII characters.", answer.Body!["detail"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Created, (await app.Http.PostJsonAsync("/api/v1/runs", Api.Xor, new string('k', 200))).Status);
    }

    [Fact]
    public async Task Submit_InvalidSpec_NamesEveryProblemAtOnce()
    {
        await using var app = await TestApp.StartAsync(server);

        var answer = await app.Http.PostJsonAsync(
            "/api/v1/runs",
            """{ "seed": -1, "colour": "red", "data": { "dataset": "xorr" }, "model": { "kind": "mlp" }, "training": { "epochs": 0 } }""");

        Api.IsProblem(answer, HttpStatusCode.UnprocessableEntity, "invalid-spec");
        var findings = answer.Body!["findings"]!.AsArray();
        Assert.Equal(
            ["/colour", "/data/dataset", "/seed", "/training/epochs"],
            findings.Select(finding => finding!["pointer"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.All(findings, finding => Assert.All(
            (string[])["message", "allowed", "fix"], member => Assert.NotEmpty(finding![member]!.GetValue<string>())));
    }

    [Fact]
    public async Task Submit_NotJson_IsMalformed()
    {
        await using var app = await TestApp.StartAsync(server);

        Api.IsProblem(await app.Http.PostJsonAsync("/api/v1/runs", "{ \"name\": "), HttpStatusCode.BadRequest, "not-json");
        Api.IsProblem(await app.Http.PostJsonAsync("/api/v1/runs", ""), HttpStatusCode.BadRequest, "not-json");
    }

    [Fact]
    public async Task Submit_BodyOfUnknownLengthAboveTheLimit_IsTooLarge()
    {
        await using var app = await TestApp.StartAsync(server);
        var large = new JsonObject { ["name"] = new string('x', 256 * 1024) }.ToJsonString();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/runs") { Content = new StringContent(large, null, "application/json") };
        request.Headers.TransferEncodingChunked = true;

        foreach (var answer in new[] { await app.Http.PostJsonAsync("/api/v1/runs", large), await app.Http.AskAsync(request) })
        {
            Api.IsProblem(answer, HttpStatusCode.RequestEntityTooLarge, "too-large");
            Assert.Contains("262144 bytes", answer.Body!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Submit_OtherContentType_IsUnsupported()
    {
        await using var app = await TestApp.StartAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/runs") { Content = new StringContent(Api.Xor, null, "text/plain") };

        Api.IsProblem(await app.Http.AskAsync(request), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }
}

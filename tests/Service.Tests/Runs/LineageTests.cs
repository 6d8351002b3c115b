using System.Net;
using System.Text.Json.Nodes;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Runs;

/// <summary>Extend and fork, as far as they need no trainer.</summary>
[Trait("Needs", "database")]
public sealed class LineageTests(DatabaseServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Limited => Api.Xor.Replace("\"epochs\": 3", "\"epochs\": 3, \"timeLimitSeconds\": 12", StringComparison.Ordinal);

    [Theory]
    [InlineData("succeeded")]
    [InlineData("paused")]
    [InlineData("cancelled")]
    public async Task Extend_EndedOrPausedRun_IsQueuedWithTheLongerSpec(string state)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.SubmitAsync(state);
        await TestRuns.ExecuteAsync(app.DataSource, $"update runs set step = 30, total_steps = 30 where id = '{id}'");
        var (_, before, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}");

        var first = await app.Http.PostJsonAsync($"/api/v1/runs/{id}/extend", """{ "epochs": 6 }""");
        var again = await app.Http.PostJsonAsync($"/api/v1/runs/{id}/extend", """{ "epochs": 6 }""");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK), (first.Status, again.Status));
        var run = first.Body!;
        Assert.Equal(again.Body!.ToJsonString(), run.ToJsonString());
        Assert.Equal(("queued", 6, 0.5), (run["state"]!.GetValue<string>(), run["epochs"]!.GetValue<int>(), run["progress"]!.GetValue<double>()));
        Assert.Equal(6, run["spec"]!["training"]!["epochs"]!.GetValue<int>());
        Assert.NotEqual(before!["specSha256"]!.ToJsonString(), run["specSha256"]!.ToJsonString());
        Assert.Equal([("queued", "Extended by a user from 3 to 6 epochs.")], await app.StoryAsync(id));

        // The hash is that of the same spec, submitted with six epochs.
        var other = await app.Http.SubmitAsync(Api.Xor.Replace("\"epochs\": 3", "\"epochs\": 6", StringComparison.Ordinal));
        var (_, twin, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{other}");
        Assert.Equal(twin!["specSha256"]!.ToJsonString(), run["specSha256"]!.ToJsonString());
    }

    [Fact]
    public async Task Extend_RunThatReachedItsTimeLimit_IsQueuedWithTheLargerLimit()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync(Limited);
        await app.SetStateAsync(id, "failed", "timeout");
        var (_, before, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}");
        Assert.True(before!["actions"]!["extend"]!["enabled"]!.GetValue<bool>());
        Assert.Equal(
            (false, "time_limit_reached"), (before["actions"]!["retry"]!["enabled"]!.GetValue<bool>(), before["actions"]!["retry"]!["code"]!.GetValue<string>()));

        var retry = await app.DoAsync(id, "retry");
        var epochsOnly = await app.Http.PostJsonAsync($"/api/v1/runs/{id}/extend", """{ "epochs": 6 }""");
        var same = await app.Http.PostJsonAsync($"/api/v1/runs/{id}/extend", """{ "timeLimitSeconds": 12 }""");
        var longer = await app.Http.PostJsonAsync($"/api/v1/runs/{id}/extend", """{ "timeLimitSeconds": 60 }""");

        Api.IsProblem(retry, HttpStatusCode.Conflict, "wrong-state");
        Api.IsProblem(epochsOnly, HttpStatusCode.UnprocessableEntity, "invalid-body");
        Api.IsProblem(same, HttpStatusCode.UnprocessableEntity, "invalid-body");
        Assert.Equal("/timeLimitSeconds", Assert.Single(same.Body!["findings"]!.AsArray())!["pointer"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Accepted, longer.Status);
        var run = longer.Body!;
        Assert.Equal(("queued", 60), (run["state"]!.GetValue<string>(), run["spec"]!["training"]!["timeLimitSeconds"]!.GetValue<double>()));
        Assert.Null(run["failure"]);
        Assert.Equal([("queued", "Extended by a user to a time limit of 60 s.")], await app.StoryAsync(id));

        // Later failures of another kind are retried as ever.
        await app.SetStateAsync(id, "failed", "crashed");
        Assert.Equal(HttpStatusCode.Accepted, (await app.DoAsync(id, "retry")).Status);
    }

    [Fact]
    public async Task Extend_BothAtOnce_ChangesBoth()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync(Limited);
        await app.SetStateAsync(id, "paused");

        var (status, run, _) = await app.Http.PostJsonAsync($"/api/v1/runs/{id}/extend", """{ "epochs": 6, "timeLimitSeconds": 60 }""");

        Assert.Equal((HttpStatusCode.Accepted, 6), (status, run!["epochs"]!.GetValue<int>()));
        Assert.Equal([("queued", "Extended by a user from 3 to 6 epochs and to a time limit of 60 s.")], await app.StoryAsync(id));
    }

    [Theory]
    [InlineData("{}", "epochs")]
    [InlineData("""{ "timeLimitSeconds": 11 }""", "timeLimitSeconds")]
    [InlineData("""{ "timeLimitSeconds": 604801 }""", "timeLimitSeconds")]
    [InlineData("""{ "epochs": 2, "timeLimitSeconds": 60 }""", "epochs")]
    public async Task Extend_ToLess_IsRefused(string body, string member)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync(Limited);
        await app.SetStateAsync(id, "paused");

        var answer = await app.Http.PostJsonAsync($"/api/v1/runs/{id}/extend", body);

        Api.IsProblem(answer, HttpStatusCode.UnprocessableEntity, "invalid-body");
        Assert.Equal($"/{member}", Assert.Single(answer.Body!["findings"]!.AsArray())!["pointer"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("queued")]
    [InlineData("running")]
    [InlineData("pausing")]
    [InlineData("failed")]
    public async Task Extend_OtherStates_IsConflict(string state)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.SubmitAsync(state);

        var answer = await app.Http.PostJsonAsync($"/api/v1/runs/{id}/extend", """{ "epochs": 6 }""");

        Api.IsProblem(answer, HttpStatusCode.Conflict, "wrong-state");
        Assert.Equal(state, answer.Body!["state"]!.GetValue<string>());
        Assert.Equal(["succeeded", "paused", "cancelled"], answer.Body["allowed"]!.AsArray().Select(word => word!.GetValue<string>()));
        Assert.Empty(await app.StoryAsync(id));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task Extend_NumberThatIsNotMore_IsRefused(int epochs)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.SubmitAsync("succeeded");

        var answer = await app.Http.PostJsonAsync($"/api/v1/runs/{id}/extend", $$"""{ "epochs": {{epochs}} }""");

        Api.IsProblem(answer, HttpStatusCode.UnprocessableEntity, "invalid-body");
        Assert.Equal("/epochs", Assert.Single(answer.Body!["findings"]!.AsArray())!["pointer"]!.GetValue<string>());
    }

    [Fact]
    public async Task Extend_ToSeveralLengthsAtOnce_OneWins()
    {
        await using var app = await TestApp.StartAsync(server);
        for (var round = 0; round < 5; round++)
        {
            var id = await app.SubmitAsync("succeeded");

            var answers = await Task.WhenAll(Enumerable.Range(4, 6).Select(epochs => app.Http.PostJsonAsync($"/api/v1/runs/{id}/extend", $$"""{ "epochs": {{epochs}} }""")));

            var won = Assert.Single(answers, answer => answer.Status == HttpStatusCode.Accepted);
            Assert.All(answers, answer => Assert.True(
                answer.Status is HttpStatusCode.Accepted or HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity, $"{answer.Status} {answer.Body}"));
            var (_, run, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}");
            Assert.Equal(won.Body!["epochs"]!.GetValue<int>(), run!["epochs"]!.GetValue<int>());
            Assert.Equal(run["epochs"]!.GetValue<int>(), run["spec"]!["training"]!["epochs"]!.GetValue<int>());
            Assert.Single(await app.StoryAsync(id));
        }
    }

    [Fact]
    public async Task Fork_WithChanges_IsARunOfItsOwnThatKnowsItsParent()
    {
        await using var app = await TestApp.StartAsync(server);
        var parent = await app.SubmitAsync("running");

        var answer = await app.Http.PostJsonAsync(
            $"/api/v1/runs/{parent}/fork",
            """
            { "name": "wider", "changes": [
                { "path": "/model/dense/0", "value": 16 }, { "path": "/model/dense/-", "value": 4 },
                { "path": "/training/optimizer", "value": { "name": "momentum", "learningRate": 0.2 } }, { "path": "/training/epochs", "value": null }
            ] }
            """);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var run = answer.Body!;
        Assert.Equal($"/api/v1/runs/{run["id"]}", $"{answer.Response.Headers.Location}");
        Assert.Equal(("wider", "queued", $"{parent}"), (run["name"]!.GetValue<string>(), run["state"]!.GetValue<string>(), run["parentId"]!.GetValue<string>()));
        Assert.Equal("""[16,4]""", run["spec"]!["model"]!["dense"]!.ToJsonString());
        Assert.Equal(("momentum", 0.2), (run["optimizer"]!.GetValue<string>(), run["spec"]!["training"]!["optimizer"]!["learningRate"]!.GetValue<double>()));
        Assert.Equal(5, run["epochs"]!.GetValue<int>());
        Assert.Equal(JsonNode.Parse($$"""{ "id": "{{parent}}", "name": "xor", "kind": "fork", "epoch": null }""")!.ToJsonString(), run["parent"]!.ToJsonString());
        var (_, shown, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{parent}");
        Assert.Equal(JsonNode.Parse($$"""[{ "id": "{{run["id"]}}", "name": "wider" }]""")!.ToJsonString(), shown!["children"]!.ToJsonString());
        Assert.Equal("running", shown["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task Fork_WithoutAnything_HasTheSpecOfItsParent()
    {
        await using var app = await TestApp.StartAsync(server);
        var parent = await app.Http.SubmitAsync();

        var (status, run, _) = await app.Http.PostJsonAsync($"/api/v1/runs/{parent}/fork", "{}");

        Assert.Equal(HttpStatusCode.Created, status);
        var (_, shown, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{parent}");
        Assert.Equal(shown!["specSha256"]!.ToJsonString(), run!["specSha256"]!.ToJsonString());
    }

    [Fact]
    public async Task Fork_OfADeletedParent_KeepsItsLineage()
    {
        await using var app = await TestApp.StartAsync(server);
        var parent = await app.SubmitAsync("succeeded");
        var (_, run, _) = await app.Http.PostJsonAsync($"/api/v1/runs/{parent}/fork", "{}");

        await app.DoAsync(parent, "delete");

        var (_, shown, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{run!["id"]}");
        Assert.Equal($"{parent}", shown!["parent"]!["id"]!.GetValue<string>());
        Assert.Null(shown["parent"]!["name"]);
    }

    [Fact]
    public async Task Fork_KeyRepeated_MakesOneRun()
    {
        await using var app = await TestApp.StartAsync(server);
        var (one, two) = (await app.Http.SubmitAsync(), await app.Http.SubmitAsync());

        var first = await app.Http.PostJsonAsync($"/api/v1/runs/{one}/fork", "{}", "key");
        var again = await app.Http.PostJsonAsync($"/api/v1/runs/{one}/fork", "{}", "key");
        var changed = await app.Http.PostJsonAsync($"/api/v1/runs/{one}/fork", """{ "name": "b" }""", "key");
        var other = await app.Http.PostJsonAsync($"/api/v1/runs/{two}/fork", "{}", "key");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.Status, again.Status));
        Assert.Equal(first.Body!["id"]!.ToJsonString(), again.Body!["id"]!.ToJsonString());
        Api.IsProblem(changed, HttpStatusCode.Conflict, "key-reused");
        Api.IsProblem(other, HttpStatusCode.Conflict, "key-reused");
    }

    [Fact]
    public async Task Fork_RequestRepeatedAfterItsParentChanged_ReturnsTheFirstRun()
    {
        await using var app = await TestApp.StartAsync(server);
        var parent = await app.SubmitAsync("succeeded");
        const string request = """{ "changes": [{ "path": "/seed", "value": 7 }] }""";
        var first = await app.Http.PostJsonAsync($"/api/v1/runs/{parent}/fork", request, "key");
        using var rename = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/runs/{parent}") { Content = new StringContent("""{ "name": "b" }""", null, "application/json") };
        await app.Http.AskAsync(rename);
        await app.Http.PostJsonAsync($"/api/v1/runs/{parent}/extend", """{ "epochs": 9 }""");
        await app.DoAsync(first.Body!["id"]!.GetValue<Guid>(), "cancel");

        var again = await app.Http.PostJsonAsync($"/api/v1/runs/{parent}/fork", """{ "weights": false, "name": null, "changes": [{ "value": 7.0, "path": "/seed" }] }""", "key");
        await app.DoAsync(parent, "cancel");
        await app.DoAsync(parent, "delete");
        var orphan = await app.Http.PostJsonAsync($"/api/v1/runs/{parent}/fork", request, "key");

        Assert.All([again, orphan], answer => Assert.Equal((HttpStatusCode.OK, $"{first.Body!["id"]}"), (answer.Status, $"{answer.Body!["id"]}")));
    }

    [Theory]
    [InlineData("[null]", "/changes/0")]
    [InlineData("""[{ "path": null, "value": 1 }]""", "/changes/0/path")]
    [InlineData("""[{ "path": "/seed" }]""", "/changes/0/value")]
    [InlineData("""[{ "path": "/seed", "value": 1, "op": "add" }]""", "/changes/0/op")]
    [InlineData("""[{ "path": "/data/dataset", "value": { "name": "xor", "name": "xor" } }]""", "/changes/0/value/name")]
    public async Task Fork_ChangeOfWrongShape_IsAFindingInTheBody(string changes, string pointer)
    {
        await using var app = await TestApp.StartAsync(server);
        var parent = await app.Http.SubmitAsync();

        var answer = await app.Http.PostJsonAsync($"/api/v1/runs/{parent}/fork", $$"""{ "changes": {{changes}} }""");

        Api.IsProblem(answer, HttpStatusCode.UnprocessableEntity, "invalid-body");
        Assert.Equal(pointer, Assert.Single(answer.Body!["findings"]!.AsArray())!["pointer"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/training/epochs", "0", "/training/epochs")]
    [InlineData("/training/optimizer/learningRat", "1", "/training/optimizer/learningRat")]
    [InlineData("/model/dense/7", "1", "/model/dense/7")]
    [InlineData("training/epochs", "2", "training/epochs")]
    [InlineData("/training/epochs/deep", "2", "/training/epochs/deep")]
    [InlineData("", "{}", "")]
    public async Task Fork_ChangeThatDoesNotFit_IsAFindingAtItsPlace(string path, string value, string pointer)
    {
        await using var app = await TestApp.StartAsync(server);
        var parent = await app.Http.SubmitAsync();

        var answer = await app.Http.PostJsonAsync($"/api/v1/runs/{parent}/fork", $$"""{ "changes": [{ "path": "{{path}}", "value": {{value}} }] }""");

        Api.IsProblem(answer, HttpStatusCode.UnprocessableEntity, "invalid-spec");
        Assert.Equal(pointer, Assert.Single(answer.Body!["findings"]!.AsArray())!["pointer"]!.GetValue<string>());
    }

    [Fact]
    public async Task Fork_WithWeightsOfAnotherNetwork_IsAFinding()
    {
        await using var app = await TestApp.StartAsync(server);
        var parent = await app.Http.SubmitAsync();

        var answer = await app.Http.PostJsonAsync(
            $"/api/v1/runs/{parent}/fork", """{ "weights": true, "changes": [{ "path": "/model/dense/0", "value": 9 }] }""");

        Api.IsProblem(answer, HttpStatusCode.UnprocessableEntity, "invalid-spec");
        var finding = Assert.Single(answer.Body!["findings"]!.AsArray())!;
        Assert.Equal("/model", finding["pointer"]!.GetValue<string>());
        Assert.Contains("2 to 9", finding["found"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fork_WithWeightsThatAreNotThere_IsConflictAndLeavesNothing()
    {
        await using var app = await TestApp.StartAsync(server);
        var parent = await app.Http.SubmitAsync();

        var answer = await app.Http.PostJsonAsync($"/api/v1/runs/{parent}/fork", """{ "weights": true }""");

        Api.IsProblem(answer, HttpStatusCode.Conflict, "no-checkpoint");
        Assert.False(Directory.Exists(Path.Combine(app.DataDir, "runs")));
        Assert.Equal(1L, await TestRuns.ScalarAsync(app.DataSource, "select count(*) from runs"));
    }

    [Theory]
    [InlineData("fork", "{}")]
    [InlineData("extend", """{ "epochs": 6 }""")]
    public async Task Lineage_UnknownRun_IsNotFound(string action, string body)
    {
        await using var app = await TestApp.StartAsync(server);

        Api.IsProblem(await app.Http.PostJsonAsync($"/api/v1/runs/{Guid.CreateVersion7()}/{action}", body), HttpStatusCode.NotFound, "unknown-run");
    }
}

using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Access;
using Trainyard.Service.Tests.Queue;
using Trainyard.Service.Tests.Results;
using Trainyard.Service.Tests.Runs;
using Trainyard.Service.Tests.Studies;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Tests.Lessons;

/// <summary>Hand-ins for the assignment: what may be handed in, one opening of the test set, and a ranking that does not move.</summary>
[Trait("Needs", "database")]
public sealed class HandInTests(DatabaseServer server)
{
    private const string Lesson = "/api/v1/lessons/the-assignment";
    private const int Rounds = 12;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandIn_TrainedByRealTrainers_IsRankedOnValidation_AndItsTestSetIsOpenedOnceAtTheEnd()
    {
        await using var app = await TestApp.StartAsync(server, "all", [("Trainer:Path", Repository.Trainer), ("Trainer:Threads", "1"), ("Worker:Slots", "2")]);
        Api.IsProblem(await app.Http.PostJsonAsync($"{Lesson}/open-test", "{}"), HttpStatusCode.Conflict, "nothing-handed-in");
        var (good, poor) = (await app.Http.SubmitAsync(Spec(rate: 0.01)), await app.Http.SubmitAsync(Spec(rate: 0.000001)));
        Api.IsProblem(await HandInAsync(app.Http, good), HttpStatusCode.Conflict, "wrong-state");
        await app.WaitForAsync("bool_and(state = 'succeeded') from runs");

        await HandInAsync(app.Http, poor);
        await HandInAsync(app.Http, good);
        var ranked = (await HandInAsync(app.Http, good)).Body!;
        Assert.Equal([$"1 {good}", $"2 {poor}"], Items(ranked).Select(item => $"{item["rank"]} {item["run"]}"));
        Assert.All(Items(ranked), item => Assert.Equal(("closed", null, false), (Text(item, "test"), item["testAccuracy"], item["testSeen"]!.GetValue<bool>())));
        var checkpoint = Items(ranked)[0]["checkpointSha256"]!.GetValue<string>();
        Assert.Equal(1L, await TestRuns.ScalarAsync(app.DataSource, $"select count(*) from run_events where run_id = '{good}' and type = 'checkpoint' and data ->> 'sha256' = '{checkpoint}'"));
        Assert.Equal(0L, await TestRuns.ScalarAsync(app.DataSource, "select count(*) from run_events where type = 'evaluation' and data ->> 'split' = 'test'"));

        await app.Http.PostJsonAsync($"{Lesson}/open-test", "{}");
        await app.WaitForAsync("count(*) = 2 from hand_ins where test_accuracy is not null");
        await app.WaitForAsync("bool_and(state = 'succeeded') from runs");
        var opened = await ListAsync(app.Http);
        Assert.NotNull(opened["openedAt"]);
        Assert.All(Items(opened), item => Assert.InRange(item["testAccuracy"]!.GetValue<double>(), 0.01, 1));
        Assert.Equal(Items(ranked).Select(item => $"{item["run"]} {item["validationAccuracy"]}"), Items(opened).Select(item => $"{item["run"]} {item["validationAccuracy"]}"));
        Api.IsProblem(await HandInAsync(app.Http, good), HttpStatusCode.Conflict, "test-opened");

        // Again: nothing is left, so nothing is evaluated again.
        await app.Http.PostJsonAsync($"{Lesson}/open-test", "{}");
        Assert.Equal(2L, await TestRuns.ScalarAsync(app.DataSource, "select count(*) from runs where state = 'succeeded' and attempt = 2"));
    }

    [Fact]
    public async Task HandIn_OfAnotherDatasetOrSplit_IsRefusedWithWhatIsAllowed()
    {
        await using var app = await TestApp.StartAsync(server);
        var xor = await app.SubmitAsync("succeeded");
        var (count, seed) = (await TrainedAsync(app, app.Http, Spec(validationCount: 2000)), await TrainedAsync(app, app.Http, Spec(dataSeed: 9)));

        var dataset = await HandInAsync(app.Http, xor);
        Api.IsProblem(dataset, HttpStatusCode.Conflict, "not-comparable");
        Assert.Equal("other_dataset", Text(dataset.Body!, "code"));
        Assert.Contains("'xor'", Text(dataset.Body!, "detail"), StringComparison.Ordinal);
        Assert.Contains("fashion-mnist and cifar-10", Text(dataset.Body!, "detail"), StringComparison.Ordinal);
        var split = await HandInAsync(app.Http, count);
        Api.IsProblem(split, HttpStatusCode.Conflict, "not-comparable");
        Assert.Contains("has validationCount 2000 and data seed 1; 'the-assignment' has validationCount 5000 and data seed 1", Text(split.Body!, "detail"), StringComparison.Ordinal);
        Assert.Equal("other_split", Text((await HandInAsync(app.Http, seed)).Body!, "code"));
        Api.IsProblem(await HandInAsync(app.Http, Guid.NewGuid()), HttpStatusCode.NotFound, "unknown-run");
        Assert.Empty(Items(await ListAsync(app.Http)));
    }

    [Fact]
    public async Task HandIns_AreRankedForEachDatasetByTheFiguresOfTheHandIn_WhateverBecomesOfTheRuns()
    {
        await using var app = await TestApp.StartAsync(server);
        var (second, other, first) = (
            await TrainedAsync(app, app.Http, Spec(), 0.7), await TrainedAsync(app, app.Http, Spec(dataset: "cifar-10"), 0.66), await TrainedAsync(app, app.Http, Spec(), 0.8, checkpoint: "abc"));
        foreach (var run in new[] { second, other, first })
        {
            await HandInAsync(app.Http, run);
        }

        await TestRuns.ExecuteAsync(app.DataSource, $"update metric_summaries set latest = 0.99; update runs set epochs = 50, name = 'renamed', elapsed_seconds = 1");

        var list = await ListAsync(app.Http);
        Assert.Equal(
            [$"1 fashion-mnist {first} 0.8 3 6", $"2 fashion-mnist {second} 0.7 3 6", $"1 cifar-10 {other} 0.66 3 6"],
            Items(list).Select(item => $"{item["rank"]} {item["dataset"]} {item["run"]} {item["validationAccuracy"]} {item["epochs"]} {item["seconds"]}"));
        Assert.Equal(["abc", null, null], Items(list).Select(item => item["checkpointSha256"]?.GetValue<string>()));
        // Of the sheet's claims: no convolutions, batch normalization, pooling, dropout and test score, but one or two dense layers, accuracy and time.
        Assert.All(Items(list), item => Assert.Equal((5, 10), (item["held"]!.GetValue<int>(), item["claims"]!.GetValue<int>())));
    }

    [Fact]
    public async Task HandIn_TheNextOneOfAPerson_ReplacesTheFirst_AndIsWithdrawnByItsOwnerWhileTheTestSetIsClosed()
    {
        await using var app = await AccessApp.StartAsync(server);
        using var ada = await app.SignInAsync("ada", AccessScope.Submit);
        using var bob = await app.SignInAsync("bob", AccessScope.Submit);
        using var admin = await app.SignInAsync("teacher", AccessScope.Admin);
        var (first, next, others) = (await TrainedAsync(app, ada, Spec(), 0.8), await TrainedAsync(app, ada, Spec(), 0.7), await TrainedAsync(app, bob, Spec(), 0.6));
        await HandInAsync(ada, first);
        await HandInAsync(bob, others);

        // By the teacher, for her: it is hers.
        var list = (await HandInAsync(admin, next)).Body!;
        Assert.Equal([$"{next} ada teacher", $"{others} bob bob"], Items(list).Select(item => $"{item["run"]} {item["owner"]} {item["handedInBy"]}"));
        Assert.Equal([$"{first} replaced "], list["earlier"]!.AsArray().Select(item => $"{item!["run"]} {item["ending"]} {item["rank"]}"));

        Api.IsProblem(await bob.SendAsync("DELETE", $"{Lesson}/hand-ins/{next}"), HttpStatusCode.Forbidden, "not-allowed");
        Api.IsProblem(await ada.SendAsync("DELETE", $"{Lesson}/hand-ins/{first}"), HttpStatusCode.NotFound, "not-handed-in");
        Assert.Equal([$"{others}"], Items((await ada.SendAsync("DELETE", $"{Lesson}/hand-ins/{next}")).Body!).Select(item => $"{item["run"]}"));
        // What was withdrawn may be handed in again.
        Assert.Equal(2, Items((await HandInAsync(ada, next)).Body!).Count);

        await admin.PostJsonAsync($"{Lesson}/open-test", "{}");
        Api.IsProblem(await ada.SendAsync("DELETE", $"{Lesson}/hand-ins/{next}"), HttpStatusCode.Conflict, "test-opened");
        Api.IsProblem(await HandInAsync(ada, first), HttpStatusCode.Conflict, "test-opened");
        Api.IsProblem(await HandInAsync(bob, first), HttpStatusCode.Forbidden, "not-allowed");
        Api.IsProblem(await ada.PostJsonAsync("/api/v1/lessons/xor/hand-ins", $$"""{ "run": "{{first}}" }"""), HttpStatusCode.NotFound, "unknown-lesson");
    }

    [Fact]
    public async Task Open_EightTimesAtOnce_QueuesEachRunOnce()
    {
        await using var app = await TestApp.StartAsync(server);
        List<Guid> handedIn = [];
        for (var i = 0; i < 3; i++)
        {
            handedIn.Add(await TrainedAsync(app, app.Http, Spec()));
            await HandInAsync(app.Http, handedIn[i]);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Http.PostJsonAsync($"{Lesson}/open-test", "{}")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Single(answers.Select(answer => Text(answer.Body!, "openedAt")).Distinct(StringComparer.Ordinal));
        foreach (var run in handedIn)
        {
            Assert.Single(await app.StoryAsync(run), item => item.State == "queued");
        }
    }

    [Fact]
    public async Task Test_OfASpecThatHasChangedSince_ChangesNothing()
    {
        await using var app = await TestApp.StartAsync(server);
        var run = await TrainedAsync(app, app.Http, Spec());
        var lifecycle = app.Services.GetRequiredService<RunLifecycle>();
        var spec = SpecReader.Read(System.Text.Encoding.UTF8.GetBytes((string)(await TestRuns.ScalarAsync(app.DataSource, $"select spec::text from runs where id = '{run}'"))!)).Spec!;

        // Two read it before either acts; the second acts after the first evaluation has ended.
        Assert.True((await lifecycle.TestAsync(run, spec, spec.Sha256(), Cancellation))!.Changed);
        await EvaluatedAsync(app, run, 0.7);
        Assert.False((await lifecycle.TestAsync(run, spec, spec.Sha256(), Cancellation))!.Changed);

        Assert.Equal("succeeded", await TestRuns.ScalarAsync(app.DataSource, $"select state from runs where id = '{run}'"));
    }

    [Fact]
    public async Task HandIn_DuringAnOpening_IsEvaluatedWithTheOthersOrRefused()
    {
        await using var app = await TestApp.StartAsync(server);
        var seen = new HashSet<HttpStatusCode>();
        for (var round = 1; round <= Rounds; round++)
        {
            var (before, during) = (await TrainedAsync(app, app.Http, Spec()), await TrainedAsync(app, app.Http, Spec()));
            await HandInAsync(app.Http, before);

            async Task<HttpStatusCode> LateAsync()
            {
                await Task.Delay(round % 4 * 4, Cancellation);
                return (await HandInAsync(app.Http, during)).Status;
            }

            var (opening, late) = (app.Http.PostJsonAsync($"{Lesson}/open-test", "{}"), LateAsync());
            await Task.WhenAll(opening, late);

            var isIn = await late == HttpStatusCode.OK;
            var items = Items(await ListAsync(app.Http));
            Assert.Equal(isIn ? 2 : 1, items.Count);
            Assert.All(items, item => Assert.Equal("running", Text(item, "test")));
            Assert.True(isIn || await late == HttpStatusCode.Conflict, $"{await late}");
            seen.Add(await late);
            Assert.Equal(HttpStatusCode.OK, (await app.Http.PostJsonAsync($"{Lesson}/hand-in-rounds", "{}")).Status);
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"answers to the late hand-in: {string.Join(", ", seen)}");
    }

    [Fact]
    public async Task Extend_OfARunThatWasHandedIn_IsRefusedUntilItIsWithdrawn()
    {
        await using var app = await TestApp.StartAsync(server);
        var (run, other) = (await TrainedAsync(app, app.Http, Spec()), await TrainedAsync(app, app.Http, Spec()));
        await HandInAsync(app.Http, run);
        await HandInAsync(app.Http, other);

        var refused = await ExtendAsync(app, run);
        Api.IsProblem(refused, HttpStatusCode.Conflict, "handed-in");
        Assert.Equal("handed_in", Text(refused.Body!, "code"));
        var extend = (await app.Http.GetJsonAsync($"/api/v1/runs/{run}")).Body!["actions"]!["extend"]!;
        Assert.Equal((false, "handed_in"), (extend["enabled"]!.GetValue<bool>(), Text(extend, "code")));

        await app.Http.SendAsync("DELETE", $"{Lesson}/hand-ins/{run}");
        Assert.Equal(HttpStatusCode.Accepted, (await ExtendAsync(app, run)).Status);

        // After the opening too: it would be tested again, and the score is that of the network that was handed in.
        await app.Http.PostJsonAsync($"{Lesson}/open-test", "{}");
        await EvaluatedAsync(app, other, 0.7);
        Api.IsProblem(await ExtendAsync(app, other), HttpStatusCode.Conflict, "handed-in");
    }

    [Fact]
    public async Task Extend_WhileTheRunIsHandedIn_OnlyOneOfThemHappens()
    {
        await using var app = await TestApp.StartAsync(server);
        for (var round = 0; round < Rounds; round++)
        {
            var run = await TrainedAsync(app, app.Http, Spec());

            var (extending, handingIn) = (ExtendAsync(app, run), HandInAsync(app.Http, run));
            await Task.WhenAll(extending, handingIn);

            var (extended, handedIn) = ((await extending).Status, (await handingIn).Status);
            Assert.Contains((extended, handedIn), ((HttpStatusCode, HttpStatusCode)[])[(HttpStatusCode.Accepted, HttpStatusCode.Conflict), (HttpStatusCode.Conflict, HttpStatusCode.OK)]);
        }
    }

    [Fact]
    public async Task Delete_OfARunThatWasHandedIn_KeepsItsRowAndItsScore()
    {
        await using var app = await TestApp.StartAsync(server);
        var (tested, untested) = (await TrainedAsync(app, app.Http, Spec(), 0.8), await TrainedAsync(app, app.Http, Spec(), 0.7));
        await HandInAsync(app.Http, tested);
        await HandInAsync(app.Http, untested);
        Assert.Equal(HttpStatusCode.NoContent, (await app.DoAsync(untested, "delete")).Status);
        await app.Http.PostJsonAsync($"{Lesson}/open-test", "{}");
        await EvaluatedAsync(app, tested, 0.75);

        Assert.Equal(HttpStatusCode.NoContent, (await app.DoAsync(tested, "delete")).Status);

        var items = Items(await ListAsync(app.Http));
        Assert.Equal([$"1 {tested} run  measured 0.75", $"2 {untested} run  deleted "], items.Select(item => $"{item["rank"]} {item["run"]} {item["name"]} {item["state"]} {item["test"]} {item["testAccuracy"]}"));
    }

    [Fact]
    public async Task HandIn_OfARunWhoseTestScoreIsKnown_IsMarked_AndItsClaimIsToldAfterTheOpening()
    {
        await using var app = await AccessApp.StartAsync(server);
        using var ada = await app.SignInAsync("ada", AccessScope.Submit);
        using var bob = await app.SignInAsync("bob", AccessScope.Submit);
        using var admin = await app.SignInAsync("teacher", AccessScope.Admin);
        var looked = await TrainedAsync(app, ada, Spec(evaluateTest: true), 0.8, test: 0.78);
        // The same network, without looking; and that of somebody else, who did not.
        var (again, honest) = (await TrainedAsync(app, ada, Spec(), 0.8), await TrainedAsync(app, bob, Spec(), 0.8));

        Assert.Equal("not_measured", await TestClaimAsync(ada, looked));
        Assert.True(Items((await HandInAsync(ada, looked)).Body!)[0]["testSeen"]!.GetValue<bool>());
        Assert.True(Items((await HandInAsync(ada, again)).Body!)[0]["testSeen"]!.GetValue<bool>());
        Assert.False(Items((await HandInAsync(bob, honest)).Body!)[1]["testSeen"]!.GetValue<bool>());
        var closed = (await HandInAsync(ada, looked)).Body!;
        Assert.All(Items(closed), item => Assert.Null(item["testAccuracy"]));
        Assert.Equal("not_measured", await TestClaimAsync(ada, looked));

        await admin.PostJsonAsync($"{Lesson}/open-test", "{}");
        // It has a score of these weights, with which it is not evaluated again.
        Assert.Equal(("succeeded", "holds"), (await TestRuns.ScalarAsync(app.DataSource, $"select state from runs where id = '{looked}'"), await TestClaimAsync(ada, looked)));
        await EvaluatedAsync(app, honest, 0.5);
        var opened = Items(await ListAsync(ada));
        // Equally good, and handed in later.
        Assert.Equal([$"{honest} 0.5 5", $"{looked} 0.78 6"], opened.Select(item => $"{item["run"]} {item["testAccuracy"]} {item["held"]}"));
        Assert.Equal(("does_not_hold", "not_measured"), (await TestClaimAsync(ada, honest), await TestClaimAsync(ada, again)));
    }

    [Fact]
    public async Task HandIn_TestedByAStudyBeforeTheOpening_IsMarkedThen()
    {
        await using var app = await TestApp.StartAsync(server);
        var run = await TrainedAsync(app, app.Http, Spec());
        Assert.False(Items((await HandInAsync(app.Http, run)).Body!)[0]["testSeen"]!.GetValue<bool>());
        await TestRuns.ExecuteAsync(app.DataSource, $"update runs set state = 'queued', finished_at = null where id = '{run}'");
        await EvaluatedAsync(app, run, 0.7);
        Assert.Null(Items(await ListAsync(app.Http))[0]["testAccuracy"]);

        var opened = Items((await app.Http.PostJsonAsync($"{Lesson}/open-test", "{}")).Body!)[0];

        Assert.Equal((true, 0.7), (opened["testSeen"]!.GetValue<bool>(), opened["testAccuracy"]!.GetValue<double>()));
    }

    [Fact]
    public async Task Open_WithALimitAndAFailure_GoesOnWithTheOthersAndIsContinued()
    {
        await using var app = await AccessApp.StartAsync(server, ("Access:Limits:QueuedRuns", "1"));
        using var ada = await app.SignInAsync("ada", AccessScope.Submit);
        using var bob = await app.SignInAsync("bob", AccessScope.Submit);
        using var admin = await app.SignInAsync("teacher", AccessScope.Admin);
        var (limited, free) = (await TrainedAsync(app, ada, Spec(), 0.8), await TrainedAsync(app, bob, Spec(), 0.7));
        await HandInAsync(ada, limited);
        await HandInAsync(bob, free);
        var queued = await ada.SubmitAsync();

        var opened = await admin.PostJsonAsync($"{Lesson}/open-test", "{}");
        Assert.Equal(HttpStatusCode.OK, opened.Status);
        Assert.Equal(["left", "running"], Items(opened.Body!).Select(item => Text(item, "test")));
        await app.SetStateAsync(free, "failed", "crashed");
        Assert.Equal(["left", "left"], Items(await ListAsync(ada)).Select(item => Text(item, "test")));

        await app.SetStateAsync(queued, "cancelled");
        Assert.Equal(["running", "running"], Items((await admin.PostJsonAsync($"{Lesson}/open-test", "{}")).Body!).Select(item => Text(item, "test")));
        await EvaluatedAsync(app, limited, 0.75);
        await EvaluatedAsync(app, free, 0.65);
        Assert.Equal([0.75, 0.65], Items(await ListAsync(ada)).Select(item => item["testAccuracy"]!.GetValue<double>()));
    }

    [Fact]
    public async Task Rounds_TheNextOneBeginsAfterTheOpening_AndEarlierOnesStay()
    {
        await using var app = await AccessApp.StartAsync(server);
        using var ada = await app.SignInAsync("ada", AccessScope.Submit);
        using var admin = await app.SignInAsync("teacher", AccessScope.Admin);
        var (first, second) = (await TrainedAsync(app, ada, Spec(), 0.8), await TrainedAsync(app, ada, Spec(seed: 2), 0.7));
        Api.IsProblem(await admin.PostJsonAsync($"{Lesson}/hand-in-rounds", "{}"), HttpStatusCode.Conflict, "round-not-over");
        await HandInAsync(ada, first);
        Api.IsProblem(await admin.PostJsonAsync($"{Lesson}/hand-in-rounds", "{}"), HttpStatusCode.Conflict, "round-not-over");
        await admin.PostJsonAsync($"{Lesson}/open-test", "{}");
        await EvaluatedAsync(app, first, 0.75);

        var begun = (await admin.PostJsonAsync($"{Lesson}/hand-in-rounds", "{}")).Body!;
        Assert.Equal((2, 2, null, 0), (begun["round"]!.GetValue<int>(), begun["latestRound"]!.GetValue<int>(), begun["openedAt"], Items(begun).Count));
        Api.IsProblem(await admin.PostJsonAsync($"{Lesson}/open-test", "{}"), HttpStatusCode.Conflict, "nothing-handed-in");
        await HandInAsync(ada, second);
        // Its score of the first round is known.
        Assert.Equal([$"{first} true"], Items((await HandInAsync(ada, first)).Body!).Select(item => $"{item["run"]} {item["testSeen"]}"));

        var before = (await app.ClientWith(null).GetJsonAsync($"{Lesson}/hand-ins?round=1")).Status;
        Assert.Equal(HttpStatusCode.Unauthorized, before);
        var earlier = (await ada.GetJsonAsync($"{Lesson}/hand-ins?round=1")).Body!;
        Assert.Equal((1, 2, "teacher"), (earlier["round"]!.GetValue<int>(), earlier["latestRound"]!.GetValue<int>(), Text(earlier, "openedBy")));
        Assert.Equal([$"{first} 0.75"], Items(earlier).Select(item => $"{item["run"]} {item["testAccuracy"]}"));
        Api.IsProblem(await ada.GetJsonAsync($"{Lesson}/hand-ins?round=3"), HttpStatusCode.NotFound, "unknown-round");
    }

    private static string Spec(
        string dataset = "fashion-mnist", int validationCount = 5000, int dataSeed = 1, int seed = 1, bool evaluateTest = false, double rate = 0.01) =>
        $$"""
        {
          "name": "run", "seed": {{seed}}, "data": { "dataset": "{{dataset}}", "validationCount": {{validationCount}}, "seed": {{dataSeed}}, "trainLimit": 500 },
          "model": { "kind": "mlp", "dense": [16] },
          "training": { "epochs": 3, "optimizer": { "name": "adam", "learningRate": {{JsonSerializer.Serialize(rate, SpecJson.Options)}} }, "evaluateTest": {{(evaluateTest ? "true" : "false")}} }
        }
        """;

    // A run as a worker leaves it: three epochs of two seconds, the same accuracy in training.
    private static async Task<Guid> TrainedAsync(TestApp app, HttpClient http, string spec, double accuracy = 0.7, string? checkpoint = null, double? test = null)
    {
        var id = await http.SubmitAsync(spec);
        await HoldAsync(app, id, attempt: 1);
        List<RunEvent> events = [.. Enumerable.Range(1, 3).Select(epoch => HeldRuns.Epoch(epoch, accuracy) with { TrainAccuracy = accuracy })];
        events.AddRange(checkpoint is null ? [] : [new CheckpointEvent { Epoch = 3, Step = 30, File = "checkpoints/3", Bytes = 1, Sha256 = checkpoint }]);
        events.Add(Finished(accuracy, test));
        await app.AppendAsync(id, 1, [.. events]);
        await app.FinishAsync(id);
        return id;
    }

    // A queued run, evaluated on the test set as a worker does.
    private static async Task EvaluatedAsync(TestApp app, Guid run, double accuracy)
    {
        await HoldAsync(app, run, attempt: 9);
        Assert.NotNull(await app.AppendAsync(run, 9, [Finished(0.5, accuracy)]));
        await app.FinishAsync(run);
    }

    private static FinishedEvent Finished(double validation, double? test) =>
        new() { Epochs = 3, Steps = 30, Seconds = 6, BestEpoch = 3, BestValidationAccuracy = validation, TestLoss = null, TestAccuracy = test };

    private static async Task HoldAsync(TestApp app, Guid run, int attempt)
    {
        await using var command = app.DataSource.CreateCommand(
            $"update runs set state = 'running', worker = 'w', lease_expires_at = now() + interval '1 hour', attempt = {attempt} where id = '{run}' and state = 'queued'");
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancellation));
    }

    private static Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> HandInAsync(HttpClient http, Guid run) =>
        http.PostJsonAsync($"{Lesson}/hand-ins", $$"""{ "run": "{{run}}" }""");

    private static Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> ExtendAsync(TestApp app, Guid run) =>
        app.Http.PostJsonAsync($"/api/v1/runs/{run}/extend", """{ "epochs": 20 }""");

    private static async Task<JsonNode> ListAsync(HttpClient http) => (await http.GetJsonAsync($"{Lesson}/hand-ins")).Body!;

    private static async Task<string> TestClaimAsync(HttpClient http, Guid run) =>
        Text((await http.GetJsonAsync($"{Lesson}/outcome?run={run}")).Body!["claims"]!.AsArray().Single(claim => Text(claim!, "claim") == "test-accuracy")!, "verdict");

    private static List<JsonNode> Items(JsonNode list) => [.. list["items"]!.AsArray().Select(item => item!)];

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();
}

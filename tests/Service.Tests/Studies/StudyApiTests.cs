using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Service.Studies;
using Trainyard.Service.Tests.Access;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Studies;

/// <summary>Requests about studies; no worker is connected, so that runs wait until the test ends them.</summary>
[Trait("Needs", "database")]
public sealed class StudyApiTests(DatabaseServer server)
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["pause"] = ["running"],
        ["resume"] = ["paused"],
        ["stop"] = ["running", "paused"],
        ["cancel"] = ["running", "paused", "stopping"],
        ["extend"] = ["running", "paused", "completed", "stopped", "cancelled", "failed"],
        ["test"] = ["completed", "stopped"],
        ["delete"] = ["completed", "stopped", "cancelled", "failed"],
    };

    [Fact]
    public async Task Submit_Study_QueuesTheFirstTrialsAsOrdinaryRuns()
    {
        await using var app = await TestApp.StartAsync(server);

        var study = await app.Http.SubmitStudyAsync(TestStudies.Xor(trials: 10, parallelism: 2, seeds: 3));
        await app.WaitForAsync($"count(*) = 12 from runs where study_id = '{study}'");

        var (_, list, _) = await app.Http.GetJsonAsync($"/api/v1/runs?study={study}&sort=created");
        var runs = list!["items"]!.AsArray();
        Assert.Equal(12, runs.Count);
        Assert.Equal([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3], runs.Select(run => run!["trial"]!.GetValue<int>()));
        Assert.Equal("rates #0 seed 1", runs.Select(run => run!["name"]!.GetValue<string>()).First());
        var (_, detail, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{runs[4]!["id"]}");
        var trials = await app.Http.TrialsAsync(study);
        Assert.Equal(trials[1]!["assignment"]!["rate"]!.GetValue<double>(), detail!["spec"]!["training"]!["optimizer"]!["learningRate"]!.GetValue<double>());
        Assert.Equal(1, runs.Select(run => run!["seed"]!.GetValue<int>()).Min());
        Assert.All(runs, run => Assert.Equal(study, run!["studyId"]!.GetValue<Guid>()));
    }

    [Fact]
    public async Task Submit_WithTheSameKey_ReturnsTheFirstStudy()
    {
        await using var app = await TestApp.StartAsync(server);
        var first = await app.Http.PostJsonAsync("/api/v1/studies", TestStudies.Xor(), "key");

        var second = await app.Http.PostJsonAsync("/api/v1/studies", TestStudies.Xor(), "key");
        var other = await app.Http.PostJsonAsync("/api/v1/studies", TestStudies.Xor(trials: 5), "key");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.Equal(first.Body!["id"]!.GetValue<Guid>(), second.Body!["id"]!.GetValue<Guid>());
        Api.IsProblem(other, HttpStatusCode.Conflict, "key-reused");
    }

    [Theory]
    [InlineData("""{ "name": "a", "spec": {}, "parameters": [], "method": { "name": "random" } }""", "/parameters")]
    [InlineData("""{ "name": "a", "spec": null, "parameters": [{ "name": "x", "pointers": ["/a"], "kind": "float", "low": 0, "high": 1 }], "method": { "name": "random" } }""", "/spec")]
    [InlineData("""{ "name": "a", "spec": SPEC, "parameters": [{ "name": "x", "pointers": ["/a"], "kind": "float", "low": 2, "high": 1 }], "method": { "name": "random" } }""", "/parameters/0/high")]
    [InlineData("""{ "name": "a", "spec": SPEC, "parameters": [{ "name": "x", "pointers": ["/seed"], "kind": "int", "low": 1, "high": 9 }], "method": { "name": "random" } }""", "/parameters/0/pointers/0")]
    [InlineData("""{ "name": "a", "spec": SPEC, "parameters": [{ "name": "x", "pointers": ["/training/epochs"], "kind": "float", "low": 1, "high": 9 }], "method": { "name": "grid" } }""", "/parameters/0/points")]
    [InlineData("""{ "name": "a", "spec": TEST, "parameters": [{ "name": "x", "pointers": ["/training/epochs"], "kind": "int", "low": 1, "high": 9 }], "method": { "name": "grid" } }""", "/spec/training/evaluateTest")]
    public async Task Submit_Invalid_HasFindingsWithPointersIntoTheRequest(string study, string pointer)
    {
        await using var app = await TestApp.StartAsync(server);
        var body = study.Replace("SPEC", Api.Xor, StringComparison.Ordinal)
            .Replace("TEST", Api.Xor.Replace("\"epochs\": 3", "\"epochs\": 3, \"evaluateTest\": true", StringComparison.Ordinal), StringComparison.Ordinal);

        var answer = await app.Http.PostJsonAsync("/api/v1/studies", body);
        var check = await app.Http.PostJsonAsync("/api/v1/studies/check", body);

        Api.IsProblem(answer, HttpStatusCode.UnprocessableEntity, "invalid-body");
        Assert.Contains(pointer, answer.Body!["findings"]!.AsArray().Select(finding => finding!["pointer"]!.GetValue<string>()));
        if (check.Status == HttpStatusCode.OK)
        {
            Assert.False(check.Body!["valid"]!.GetValue<bool>());
            Assert.Contains(pointer, check.Body["findings"]!.AsArray().Select(finding => finding!["pointer"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task Check_GridWithAnInvalidCombination_NamesItAndCountsTheRest()
    {
        await using var app = await TestApp.StartAsync(server);

        var (status, check, _) = await app.Http.PostJsonAsync("/api/v1/studies/check", TestStudies.Xor(
            "grid", trials: 100, seeds: 2,
            parameters: """
            [{ "name": "optimizer", "pointers": ["/training/optimizer"], "kind": "categorical", "values": ["sgd", "adam"] },
             { "name": "batch", "pointers": ["/training/batchSize"], "kind": "categorical", "values": [16, 0, 64] }]
            """));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((true, 6, 12, 6.0), (check!["valid"]!.GetValue<bool>(), check["trials"]!.GetValue<int>(), check["runs"]!.GetValue<int>(), check["combinations"]!.GetValue<double>()));
        Assert.True(check["flops"]!.GetValue<double>() > 0);
        Assert.Equal([1, 4], check["infeasible"]!.AsArray().Select(trial => trial!["number"]!.GetValue<int>()));
        Assert.All(check["infeasible"]!.AsArray(), trial => Assert.Equal("/training/batchSize", trial!["findings"]![0]!["pointer"]!.GetValue<string>()));
        Assert.Equal([0, 2, 3, 5], check["first"]!.AsArray().Select(trial => trial!["number"]!.GetValue<int>()));
        Assert.Equal("adam", check["first"]![2]!["spec"]!["training"]!["optimizer"]!["name"]!.GetValue<string>());
        Assert.Equal(0L, await TestRuns.ScalarAsync(app.DataSource, "select count(*) from studies"));
    }

    [Fact]
    public async Task Actions_InEveryState_AreAllowedRepeatedOrRefusedWithTheState()
    {
        await using var app = await TestApp.StartAsync(server);
        string[] states = ["running", "paused", "stopping", "cancelling", "completed", "stopped", "cancelled", "failed"];
        var done = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["pause"] = ["paused"], ["resume"] = ["running"], ["stop"] = ["stopping", "stopped"], ["cancel"] = ["cancelling", "cancelled"],
        };
        foreach (var (action, from) in Allowed)
        {
            foreach (var state in states)
            {
                // A study that no process works on: its row is made as a step would leave it.
                var study = await app.StoreStudyAsync(Guid.CreateVersion7(), state);
                var detail = await app.Http.StudyAsync(study);
                Assert.Equal(from.Contains(state), detail["actions"]![action]!["enabled"]!.GetValue<bool>());

                var answer = await app.Http.DoStudyAsync(study, action);

                if (from.Contains(state))
                {
                    var expected = action switch { "delete" => HttpStatusCode.NoContent, "test" => HttpStatusCode.Conflict, _ => HttpStatusCode.Accepted };
                    Assert.True(expected == answer.Status, $"{action} of a {state} study: {answer.Status} {answer.Body}");
                }
                else if (done.GetValueOrDefault(action)?.Contains(state) == true)
                {
                    Assert.Equal(HttpStatusCode.OK, answer.Status);
                }
                else
                {
                    Api.IsProblem(answer, HttpStatusCode.Conflict, "wrong-state");
                    Assert.Equal(state, answer.Body!["state"]!.GetValue<string>());
                    Assert.Equal(from, answer.Body["allowed"]!.AsArray().Select(name => name!.GetValue<string>()));
                }
            }
        }
    }

    [Fact]
    public async Task Check_SettingWithoutEffect_HasAWarning()
    {
        await using var app = await TestApp.StartAsync(server);
        foreach (var (method, trials, stopping, budget, code, pointer) in ((string, int, string?, string?, string, string)[])
        [
            ("random", 9, """{ "name": "asha", "minimumEpochs": 3 }""", null, "stopping_after_end", "/stopping/minimumEpochs"),
            ("random", 9, """{ "name": "asha", "earlyStoppingRate": 1 }""", null, "stopping_after_end", "/stopping/minimumEpochs"),
            ("random", 2, """{ "name": "asha" }""", null, "nothing_promoted", "/stopping/reductionFactor"),
            ("random", 9, """{ "name": "successive_halving", "bracketTrials": 2 }""", null, "nothing_promoted", "/stopping/reductionFactor"),
            ("random", 5, """{ "name": "median" }""", null, "stopping_needs_trials", "/stopping/minimumTrials"),
            ("random", 9, """{ "name": "median", "reductionFactor": 2 }""", null, "unused_by_method", "/stopping/reductionFactor"),
            ("tpe", 10, null, null, "only_startup_trials", "/method/startupTrials"),
            ("random", 1, null, null, "parallelism_unused", "/parallelism"),
            ("random", 9, null, """{ "flops": 1 }""", "budget_too_small", "/budget/flops"),
        ])
        {
            var study = TestStudies.Xor(method, trials, parallelism: 2, stopping: stopping, budget: budget);

            var (_, check, _) = await app.Http.PostJsonAsync("/api/v1/studies/check", study);

            Assert.True(check!["valid"]!.GetValue<bool>(), check.ToJsonString());
            var finding = Assert.Single(check["findings"]!.AsArray())!;
            Assert.Equal((code, pointer, "warning"), (finding["code"]!.GetValue<string>(), finding["pointer"]!.GetValue<string>(), finding["severity"]!.GetValue<string>()));
            Assert.Equal(HttpStatusCode.Created, (await app.Http.PostJsonAsync("/api/v1/studies", study)).Status);
        }
    }

    [Fact]
    public async Task Check_SettingsThatAllCount_HasNoWarning()
    {
        await using var app = await TestApp.StartAsync(server);

        var (_, check, _) = await app.Http.PostJsonAsync("/api/v1/studies/check", TestStudies.Xor(
            "tpe", trials: 30, epochs: 9, stopping: """{ "name": "asha", "minimumEpochs": 1, "reductionFactor": 3, "earlyStoppingRate": 1 }""", budget: """{ "flops": 1e15 }"""));

        Assert.Empty(check!["findings"]!.AsArray());
    }

    [Fact]
    public async Task Edit_NameAndNotes_ChangesWhatIsGivenInAnyState()
    {
        await using var app = await TestApp.StartAsync(server);
        var study = await app.StoreStudyAsync(Guid.CreateVersion7(), "completed");

        var (status, renamed, _) = await app.Http.SendAsync("PATCH", $"/api/v1/studies/{study}", """{ "name": "Rates" }""");
        var (_, described, _) = await app.Http.SendAsync("PATCH", $"/api/v1/studies/{study}", """{ "notes": "Two\nlines" }""");

        Assert.Equal((HttpStatusCode.OK, "Rates", ""), (status, renamed!["name"]!.GetValue<string>(), renamed["notes"]!.GetValue<string>()));
        Assert.Equal(("Rates", "Two\nlines"), (described!["name"]!.GetValue<string>(), described["notes"]!.GetValue<string>()));
        Api.IsProblem(await app.Http.SendAsync("PATCH", $"/api/v1/studies/{study}", """{ "name": "" }"""), HttpStatusCode.UnprocessableEntity, "invalid-body");
        Api.IsProblem(await app.Http.SendAsync("PATCH", $"/api/v1/studies/{study}", """{ "state": "running" }"""), HttpStatusCode.UnprocessableEntity, "invalid-body");
        Api.IsProblem(await app.Http.SendAsync("PATCH", $"/api/v1/studies/{Guid.NewGuid()}", "{}"), HttpStatusCode.NotFound, "unknown-study");
    }

    [Fact]
    public async Task Result_OfAnUnchangedStudy_IsComputedOnce()
    {
        await using var app = await TestApp.StartAsync(server);
        var results = app.Services.GetRequiredService<StudyResults>();
        var id = await app.StoreStudyAsync(Guid.CreateVersion7(), "completed", run: Guid.CreateVersion7());

        var first = await ReadAsync();
        Assert.Same(first, await ReadAsync());
        await TestRuns.ExecuteAsync(app.DataSource, $"update studies set updated_at = updated_at + interval '1 second' where id = '{id}'");
        Assert.NotSame(first, await ReadAsync());

        async Task<StudyResult> ReadAsync()
        {
            await using var scope = app.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext();
            var study = await scope.ServiceProvider.GetRequiredService<StudyReader>().DetailAsync(id, TestContext.Current.CancellationToken);
            return await results.ReadAsync(study!, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task List_Pages_AreCompleteAndLatestFirst()
    {
        await using var app = await TestApp.StartAsync(server);
        List<Guid> studies = [];
        for (var i = 0; i < 5; i++)
        {
            studies.Add(await app.Http.SubmitStudyAsync(TestStudies.Xor()));
        }

        List<Guid> listed = [];
        string? after = null;
        do
        {
            var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/studies?limit=2{(after is null ? "" : $"&after={after}")}");
            listed.AddRange(page!["items"]!.AsArray().Select(item => item!["id"]!.GetValue<Guid>()));
            after = page["next"]?.GetValue<string>();
        }
        while (after is not null);

        studies.Reverse();
        Assert.Equal(studies, listed);
        Api.IsProblem(await app.Http.GetJsonAsync("/api/v1/studies?after=x"), HttpStatusCode.BadRequest, "bad-parameter");
        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/studies/{Guid.NewGuid()}"), HttpStatusCode.NotFound, "unknown-study");
    }

    [Fact]
    public async Task Import_Sweep_MapsItAndListsWhatDoesNot()
    {
        await using var app = await TestApp.StartAsync(server);

        var (status, imported, _) = await app.Http.PostJsonAsync(
            "/api/v1/studies/import",
            """{ "text": "program: train.py\nmethod: bayes\nparameters:\n  learning_rate: { distribution: log_uniform_values, min: 0.0001, max: 0.1 }\n  gpus: { values: [1, 2] }\n" }""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("wandb_sweep", imported!["format"]!.GetValue<string>());
        Assert.Equal("/training/optimizer/learningRate", imported["space"]!["parameters"]![0]!["pointers"]![0]!.GetValue<string>());
        Assert.Contains("parameters.gpus", imported["unmapped"]!.AsArray().Select(item => item!["path"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Delete_EndedStudy_RemovesItsRunsToo()
    {
        await using var app = await TestApp.StartAsync(server);
        var study = await app.Http.SubmitStudyAsync(TestStudies.Xor(trials: 2, parallelism: 2));
        await app.WaitForAsync($"count(*) = 2 from runs where study_id = '{study}'");
        var kept = await app.Http.SubmitAsync();
        Api.IsProblem(await app.Http.DoStudyAsync(study, "delete"), HttpStatusCode.Conflict, "wrong-state");

        Assert.Equal(HttpStatusCode.Accepted, (await app.Http.DoStudyAsync(study, "cancel")).Status);
        await app.WaitForStudyAsync(study, "cancelled");
        Assert.Equal(HttpStatusCode.NoContent, (await app.Http.DoStudyAsync(study, "delete")).Status);

        Assert.Equal([$"{kept}"], await TestRuns.ColumnAsync(app.DataSource, "select id from runs"));
        Assert.Empty(await TestRuns.ColumnAsync(app.DataSource, "select study_id from trials"));
    }
}

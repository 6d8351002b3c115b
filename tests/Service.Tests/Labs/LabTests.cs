using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Service.Labs;
using Trainyard.Service.Tests.Queue;
using Trainyard.Specs.Labs;

namespace Trainyard.Service.Tests.Labs;

[Trait("Needs", "database")]
public sealed class LabTests(DatabaseServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_OfLabs_HasExamplesThatCanBeSent()
    {
        await using var app = await TestApp.StartAsync(server);

        var labs = (await app.Http.GetJsonAsync("/api/v1/labs")).Body!["items"]!.AsArray();

        Assert.Equal(LabCatalog.All.Select(lab => lab.Name), labs.Select(lab => lab!["name"]!.GetValue<string>()));
        var example = labs[0]!["examples"]![0]!["request"]!;
        Assert.Equal(HttpStatusCode.Accepted, (await app.Http.PostJsonAsync("/api/v1/labs/backprop-by-hand", example.ToJsonString())).Status);
    }

    [Fact]
    public async Task Request_OfALab_IsAnsweredByATrainerAndKept()
    {
        await using var app = await TestApp.StartAsync(server, role: "all");

        var (status, answer, _) = await app.Http.PostJsonAsync("/api/v1/labs/backprop-by-hand?wait=30", "{}");

        Assert.Equal((HttpStatusCode.OK, "succeeded"), (status, answer!["state"]!.GetValue<string>()));
        Assert.Equal([5, -2, 1], answer["result"]!["variables"]!.AsArray().Select(variable => variable!["gradient"]!.GetValue<double>()));
        Assert.Equal([5, -2, 1], answer["result"]!["variables"]!.AsArray().Select(variable => variable!["engineGradient"]!.GetValue<double>()));
        Assert.True(answer["seconds"]!.GetValue<double>() > 0);

        // The same request in other words: one row, answered at once.
        var (again, same, _) = await app.Http.PostJsonAsync("/api/v1/labs/backprop-by-hand", """{ "expression": "w * x + b" }""");
        Assert.Equal((HttpStatusCode.OK, answer["id"]!.GetValue<Guid>()), (again, same!["id"]!.GetValue<Guid>()));
        Assert.Equal(answer.ToJsonString(), (await app.Http.GetJsonAsync($"/api/v1/labs/backprop-by-hand/results/{answer["id"]}")).Body!.ToJsonString());
        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/labs/gradient-check/results/{answer["id"]}"), HttpStatusCode.NotFound, "unknown-lab-result");

        // Each of the others.
        foreach (var lab in LabCatalog.All.Skip(1))
        {
            var (_, other, _) = await app.Http.PostJsonAsync($"/api/v1/labs/{lab.Name}?wait=30", "{}");
            for (var wait = 0; wait < 3 && other!["state"]!.GetValue<string>() is "queued" or "running"; wait++)
            {
                other = (await app.Http.GetJsonAsync($"/api/v1/labs/{lab.Name}/results/{other!["id"]}?wait=30")).Body;
            }

            Assert.Equal((lab.Name, "succeeded", true), (other!["lab"]!.GetValue<string>(), other["state"]!.GetValue<string>(), other["result"] is JsonObject));
        }
    }

    [Fact]
    public async Task Request_Invalid_HasFindings()
    {
        await using var app = await TestApp.StartAsync(server);

        var answer = await app.Http.PostJsonAsync("/api/v1/labs/optimizer-paths", """{ "expression": "x^2 + z", "steps": 0 }""");
        Api.IsProblem(answer, HttpStatusCode.UnprocessableEntity, "invalid-body");
        Assert.Equal("/steps", answer.Body!["findings"]![0]!["pointer"]!.GetValue<string>());

        answer = await app.Http.PostJsonAsync("/api/v1/labs/optimizer-paths", """{ "expression": "x^2 + z" }""");
        Api.IsProblem(answer, HttpStatusCode.UnprocessableEntity, "invalid-body");
        Assert.Equal("unknown_variable", answer.Body!["findings"]![0]!["code"]!.GetValue<string>());
        Assert.Equal(0L, await TestRuns.ScalarAsync(app.DataSource, "select count(*) from lab_results"));
    }

    [Fact]
    public async Task Request_WhileTooManyWait_IsRefused()
    {
        await using var app = await TestApp.StartAsync(server, settings: [("Labs:MaximumQueued", "1")]);
        await app.Http.PostJsonAsync("/api/v1/labs/gradient-check", """{ "seed": 1 }""");

        var answer = await app.Http.PostJsonAsync("/api/v1/labs/gradient-check", """{ "seed": 2 }""");

        Api.IsProblem(answer, HttpStatusCode.TooManyRequests, "labs-busy");
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Response.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.Accepted, (await app.Http.PostJsonAsync("/api/v1/labs/gradient-check", """{ "seed": 1 }""")).Status);
    }

    [Theory]
    [InlineData("exit 3", "crashed", "trainer_crashed")]
    [InlineData("kill -9 $$", "crashed", "trainer_crashed")]
    [InlineData("echo '{}'", "crashed", "trainer_protocol_error")]
    [InlineData("echo 'nothing'", "crashed", "trainer_protocol_error")]
    [InlineData("head -c 3000000 /dev/zero", "crashed", "trainer_protocol_error")]
    [InlineData("exec sleep 60", "timeout", "lab_time_limit_exceeded")]
    [InlineData("exec tail /dev/zero", "out_of_memory", "memory_limit_exceeded")]
    [InlineData("""echo '{ "type": "failed", "class": "unsupported", "code": "engine_not_loaded", "arguments": { "detail": "no library" }, "message": "m" }'; exit 1""", "unsupported", "engine_not_loaded")]
    public async Task Trainer_ThatFails_IsAFailureWithItsClass(string script, string failure, string code)
    {
        using var folder = new TemporaryFolder();
        await using var app = await StartAsync(folder, script);

        var (status, answer, _) = await app.Http.PostJsonAsync("/api/v1/labs/backprop-by-hand?wait=30", "{}");

        Assert.Equal((HttpStatusCode.OK, "failed"), (status, answer!["state"]!.GetValue<string>()));
        Assert.Equal((failure, code), (answer["failure"]!["class"]!.GetValue<string>(), answer["failure"]!["code"]!.GetValue<string>()));
        Assert.NotEmpty(answer["failure"]!["message"]!.GetValue<string>());

        // A failed request may be sent again.
        Assert.NotEqual(answer["id"]!.GetValue<Guid>(), (await app.Http.PostJsonAsync("/api/v1/labs/backprop-by-hand", "{}")).Body!["id"]!.GetValue<Guid>());
    }

    [Fact]
    public async Task Service_ThatStopsMeanwhile_QueuesTheRequestAgain()
    {
        using var folder = new TemporaryFolder();
        var connectionString = await server.CreateDatabaseAsync();
        await using (var app = await StartAsync(folder, "exec sleep 60", connectionString))
        {
            await app.Http.PostJsonAsync("/api/v1/labs/backprop-by-hand", "{}");
            await Waiting.UntilAsync(async () => await TestRuns.ScalarAsync(app.DataSource, "select state from lab_results") is "running", "the trainer works");
        }

        await using var again = await TestApp.StartAsync(server, role: "all", connectionString: connectionString);
        var (_, answer, _) = await again.Http.PostJsonAsync("/api/v1/labs/backprop-by-hand?wait=30", "{}");
        Assert.Equal("succeeded", answer!["state"]!.GetValue<string>());
        Assert.Equal((1L, 0), (await TestRuns.ScalarAsync(again.DataSource, "select count(*) from lab_results"), await TestRuns.ScalarAsync(again.DataSource, "select lost from lab_results")));
    }

    [Fact]
    public async Task Worker_ThatDisappears_IsReplacedOnceAndThenAFailure()
    {
        await using var app = await TestApp.StartAsync(server);
        await app.Http.PostJsonAsync("/api/v1/labs/backprop-by-hand", "{}");
        var queue = app.Services.GetRequiredService<LabQueue>();
        var id = Assert.Single(await queue.QueuedAsync(10, Cancellation));

        var first = await queue.ClaimAsync(id, "gone", TimeSpan.FromSeconds(-1), Cancellation);
        Assert.Null(await queue.ClaimAsync(id, "other", TimeSpan.FromMinutes(1), Cancellation));
        await queue.TakeBackExpiredAsync(Cancellation);
        Assert.NotNull(await queue.ClaimAsync(id, "gone too", TimeSpan.FromSeconds(-1), Cancellation));
        await queue.EndAsync(first!, new LabEnding("{}", null, null), 10, Cancellation); // of the first, too late
        Assert.Equal("running", await TestRuns.ScalarAsync(app.DataSource, "select state from lab_results"));
        await queue.TakeBackExpiredAsync(Cancellation);

        var answer = (await app.Http.GetJsonAsync($"/api/v1/labs/backprop-by-hand/results/{id}")).Body!;
        Assert.Equal(("failed", "lost_worker", "worker_lost"), (answer["state"]!.GetValue<string>(), answer["failure"]!["class"]!.GetValue<string>(), answer["failure"]!["code"]!.GetValue<string>()));
        Assert.Equal("gone too", answer["failure"]!["arguments"]!["worker"]!.GetValue<string>());
    }

    [Fact]
    public async Task Answers_BeyondThoseThatAreKept_AreRemovedByLastUse()
    {
        await using var app = await TestApp.StartAsync(server);
        var queue = app.Services.GetRequiredService<LabQueue>();
        List<Guid> ids = [];
        for (var seed = 1; seed <= 3; seed++)
        {
            var (_, answer, _) = await app.Http.PostJsonAsync("/api/v1/labs/gradient-check", $$"""{ "seed": {{seed}} }""");
            ids.Add(answer!["id"]!.GetValue<Guid>());
            var claim = await queue.ClaimAsync(ids[^1], "worker", TimeSpan.FromMinutes(1), Cancellation);
            await queue.EndAsync(claim!, new LabEnding("""{ "tolerance": 1e-6, "largestError": 0, "entries": [], "steps": [] }""", null, null), 2, Cancellation);
            if (seed == 2)
            {
                await app.Http.PostJsonAsync("/api/v1/labs/gradient-check", """{ "seed": 1 }"""); // used again
            }
        }

        var kept = new HashSet<Guid> { ids[0], ids[2] };
        Assert.Equal(2L, await TestRuns.ScalarAsync(app.DataSource, "select count(*) from lab_results"));
        foreach (var id in ids)
        {
            Assert.Equal(kept.Contains(id) ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await app.Http.GetJsonAsync($"/api/v1/labs/gradient-check/results/{id}")).Status);
        }
    }

    // A trainer that passes the check of the worker and then does as the script says.
    private Task<TestApp> StartAsync(TemporaryFolder folder, string script, string? connectionString = null)
    {
        var path = folder.Write("trainer", $"#!/bin/sh\nif [ \"$1\" = info ]; then echo '{{}}'; exit 0; fi\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var seconds = script.Contains("sleep", StringComparison.Ordinal) && connectionString is null ? "1" : "60";
        return TestApp.StartAsync(
            server, role: "all", settings: [("Trainer:Path", path), ("Labs:TimeLimitSeconds", seconds), ("Labs:MemoryMegabytes", "256")], connectionString: connectionString);
    }
}

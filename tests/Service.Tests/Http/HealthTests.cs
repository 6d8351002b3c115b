using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Trainyard.Service.Postgres;

namespace Trainyard.Service.Tests.Http;

[Trait("Needs", "database")]
public sealed class HealthTests(DatabaseServer server)
{
    [Theory]
    [InlineData("api")]
    [InlineData("worker")]
    [InlineData("all")]
    public async Task Health_DatabaseAvailable_IsOk(string role)
    {
        await using var app = await TestApp.StartAsync(server, role, [("Trainer:Path", Repository.FaultyTrainer)]);

        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetJsonAsync("/health/live")).Status);
        await Waiting.UntilAsync(async () => (await app.Http.GetJsonAsync("/health/ready")).Status == HttpStatusCode.OK, "the trainer is checked");
    }

    [Fact]
    public async Task Service_DatabaseUnavailableForAWhile_Answers503AndRecovers()
    {
        using var folder = new TemporaryFolder();
        await using var first = await StartPostgresAsync(folder);
        await using var app = await TestApp.StartAsync(server, connectionString: first.ConnectionString);
        var id = await app.Http.SubmitAsync();

        await first.StopAsync();

        await Waiting.UntilAsync(async () => (await app.Http.GetJsonAsync("/health/ready")).Status == HttpStatusCode.ServiceUnavailable, "it is not ready");
        foreach (var path in (string[])["/api/v1/runs", $"/api/v1/runs/{id}", $"/api/v1/runs/{id}/events", "/api/v1/system", "/health/ready"])
        {
            var answer = await app.Http.GetJsonAsync(path);
            Api.IsProblem(answer, HttpStatusCode.ServiceUnavailable, "database-unavailable");
            Assert.NotNull(answer.Response.Headers.RetryAfter);
        }

        Api.IsProblem(await app.Http.PostJsonAsync("/api/v1/runs", Api.Xor), HttpStatusCode.ServiceUnavailable, "database-unavailable");
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetJsonAsync("/health/live")).Status);

        await using var second = await StartPostgresAsync(folder);
        await Waiting.UntilAsync(async () => (await app.Http.GetJsonAsync("/health/ready")).Status == HttpStatusCode.OK, "ready again");
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetJsonAsync($"/api/v1/runs/{id}")).Status);
        await app.Http.SubmitAsync();
        Assert.Equal(2, (await app.Http.GetJsonAsync("/api/v1/runs")).Body!["items"]!.AsArray().Count);
    }

    // Within 3 s, in one of three outages: in the others the machine itself may have been busy.
    [Fact]
    public async Task Service_DatabaseHangs_EveryRequestIsAnsweredInTimeAndTheServiceRecovers()
    {
        using var folder = new TemporaryFolder();
        await using var postgres = await StartPostgresAsync(folder);
        await using var app = await TestApp.StartAsync(server, connectionString: postgres.ConnectionString);
        var id = await app.Http.SubmitAsync();
        string[] paths =
        [
            "/api/v1/runs", $"/api/v1/runs/{id}", $"/api/v1/runs/{id}/events", $"/api/v1/runs/{id}/observations", $"/api/v1/runs/{id}/metrics.csv",
            $"/api/v1/runs/{id}/log", "/api/v1/system", "/hangfire", "/hangfire/jobs/enqueued",
        ];
        List<TimeSpan> outages = [];
        while (outages.Count < 3 && !outages.Exists(time => time < TimeSpan.FromSeconds(3)))
        {
            Signal(postgres, "STOP");
            try
            {
                // More than the pool has connections; the first ones come before the service noticed.
                var began = TimeProvider.System.GetTimestamp();
                var answers = await Task.WhenAll([.. Enumerable.Repeat(paths, 5).SelectMany(path => path).Select(app.Http.GetJsonAsync), app.Http.PostJsonAsync("/api/v1/runs", Api.Xor)])
                    .WaitAsync(Waiting.Soon, TestContext.Current.CancellationToken);
                outages.Add(TimeProvider.System.GetElapsedTime(began));

                Assert.All(answers, answer =>
                {
                    Api.IsProblem(answer, HttpStatusCode.ServiceUnavailable, "database-unavailable");
                    Assert.NotNull(answer.Response.Headers.RetryAfter);
                });

                // The submission came before the service noticed: it may be stored.
                Assert.All(answers[..^1], answer => Assert.Contains("Nothing was changed", Detail(answer), StringComparison.Ordinal));
                Assert.Contains("is not known", Detail(answers[^1]), StringComparison.Ordinal);
                Assert.Contains("Nothing was changed", Detail(await app.Http.PostJsonAsync("/api/v1/runs", Api.Xor)), StringComparison.Ordinal);
                Api.IsProblem(await app.Http.GetJsonAsync("/health/ready"), HttpStatusCode.ServiceUnavailable, "database-unavailable");
                Assert.Equal(HttpStatusCode.OK, (await app.Http.GetJsonAsync("/health/live")).Status);
            }
            finally
            {
                Signal(postgres, "CONT");
            }

            await Waiting.UntilAsync(async () => (await app.Http.GetJsonAsync("/health/ready")).Status == HttpStatusCode.OK, "ready again");
        }

        Assert.True(outages.Min() < TimeSpan.FromSeconds(3), $"Answered after {string.Join(", ", outages)}.");
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetJsonAsync($"/api/v1/runs/{id}")).Status);

        // Whether a submission during an outage was stored is unknown to its client, but it is stored once at most.
        Assert.InRange((await app.Http.GetJsonAsync("/api/v1/runs")).Body!["items"]!.AsArray().Count, 1, 1 + outages.Count);
    }

    private static string Detail((HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response) answer) => answer.Body!["detail"]!.GetValue<string>();

    // Sends a signal to the server and all its processes.
    private static void Signal(EmbeddedPostgres postgres, string name)
    {
        var server = postgres.ProcessId;
        var children = Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(process => int.TryParse(process, out _) && ParentOf(process!) == server);
        using var kill = System.Diagnostics.Process.Start("kill", [$"-{name}", $"{server}", .. children!]);
        kill.WaitForExit();
    }

    private static int ParentOf(string process)
    {
        try
        {
            // "1234 (postgres) S 1 ..."
            return int.Parse(File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // It has ended.
        }
    }

    private static async Task<EmbeddedPostgres> StartPostgresAsync(TemporaryFolder folder)
    {
        var postgres = new EmbeddedPostgres(
            new EmbeddedPostgresOptions { Folder = folder.File("postgres") }, TimeProvider.System, NullLogger<EmbeddedPostgres>.Instance);
        await postgres.StartAsync(TestContext.Current.CancellationToken);
        return postgres;
    }
}

using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Trainyard.Service.Postgres;

namespace Trainyard.Service.Tests.Http;

[Trait("Needs", "database")]
public sealed class HealthTests(DatabaseServer server)
{
    [Theory]
    [InlineData("api")]
    [InlineData("worker")]
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

    private static async Task<EmbeddedPostgres> StartPostgresAsync(TemporaryFolder folder)
    {
        var postgres = new EmbeddedPostgres(
            new EmbeddedPostgresOptions { Folder = folder.File("postgres") }, TimeProvider.System, NullLogger<EmbeddedPostgres>.Instance);
        await postgres.StartAsync(TestContext.Current.CancellationToken);
        return postgres;
    }
}

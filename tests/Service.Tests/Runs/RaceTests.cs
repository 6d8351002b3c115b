using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Runs;

/// <summary>Conflicting or equal requests at the same time.</summary>
[Trait("Needs", "database")]
public sealed class RaceTests(DatabaseServer server)
{
    private const int Rounds = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("retry", "failed")]
    [InlineData("resume", "paused")]
    [InlineData("pause", "running")]
    [InlineData("cancel", "queued")]
    public async Task Action_EightTimesAtOnce_ChangesTheRunOnce(string action, string from)
    {
        await using var app = await TestApp.StartAsync(server);
        for (var round = 0; round < Rounds / 4; round++)
        {
            var id = await app.SubmitAsync(from);

            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.DoAsync(id, action)));

            Assert.Single(answers, answer => answer.Status == HttpStatusCode.Accepted);
            Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Accepted or HttpStatusCode.OK, $"{answer.Status} {answer.Body}"));
            Assert.Single(await app.StoryAsync(id));
            await TestRuns.AssertNoGapsAsync(app.DataSource, id);
        }
    }

    [Fact]
    public async Task Pause_WhileTheTrainerFinishes_EndsInOneOfTwoStories()
    {
        await using var app = await TestApp.StartAsync(server);
        var queue = app.Services.GetRequiredService<RunQueue>();
        var seen = new HashSet<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var id = await app.Http.SubmitAsync();
            var claim = (await queue.ClaimAsync("w", id, ["cpu"], Cancellation))!;

            // The second one is a little late by turns, so that both orders happen.
            async Task<HttpStatusCode> PauseAsync()
            {
                await Task.Delay(round % 3, Cancellation);
                return (await app.DoAsync(id, "pause")).Status;
            }

            var pausing = PauseAsync();
            var ending = queue.EndAsync(claim, RunEnding.Succeeded(), Cancellation);
            var (pause, end) = (await pausing, await ending);

            Assert.Equal(RunState.Succeeded, end);
            var story = (await app.StoryAsync(id)).ConvertAll(item => item.State);
            Assert.Equal(pause == HttpStatusCode.Accepted ? ["running", "pausing", "succeeded"] : ["running", "succeeded"], story);
            Assert.True(pause is HttpStatusCode.Accepted or HttpStatusCode.Conflict, $"{pause}");
            await TestRuns.AssertNoGapsAsync(app.DataSource, id);
            seen.Add($"{pause}");
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"answers to pause: {string.Join(", ", seen)}");
    }

    [Fact]
    public async Task Retry_WhileAWorkerClaims_IsClaimedOnce()
    {
        await using var app = await TestApp.StartAsync(server);
        var queue = app.Services.GetRequiredService<RunQueue>();
        for (var round = 0; round < Rounds; round++)
        {
            var id = await app.SubmitAsync("failed");

            var retries = Enumerable.Range(0, 3).Select(_ => app.DoAsync(id, "retry")).ToList();
            RunClaim? claim = null;
            await Waiting.UntilAsync(
                async () => (claim = await queue.ClaimAsync("w", id, ["cpu"], Cancellation)) is not null,
                Waiting.Soon,
                () => TestRuns.HistoryAsync(app.DataSource, id));
            var answers = await Task.WhenAll(retries);

            Assert.Single(answers, answer => answer.Status == HttpStatusCode.Accepted);
            Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Accepted or HttpStatusCode.OK, $"{answer.Status} {answer.Body}"));
            Assert.Equal(2, claim!.Attempt);
            Assert.Equal(0, await TestRuns.ScalarAsync(app.DataSource, $"select failed_attempts from runs where id = '{id}'"));
            Assert.Equal(["queued", "running"], (await app.StoryAsync(id)).Select(item => item.State));
        }
    }

    [Fact]
    public async Task Cancel_AfterPauseWasHeard_RunIsCancelledNotPaused()
    {
        await using var app = await TestApp.StartAsync(server);
        var queue = app.Services.GetRequiredService<RunQueue>();
        var id = await app.Http.SubmitAsync();
        var claim = (await queue.ClaimAsync("w", id, ["cpu"], Cancellation))!;
        await app.DoAsync(id, "pause");
        Assert.Equal(new(Held: true, StopRequest.Pause), await queue.RenewAsync(claim, Cancellation));
        await app.DoAsync(id, "cancel");

        var end = await queue.EndAsync(claim, RunEnding.Paused(), Cancellation);

        Assert.Equal(RunState.Cancelled, end);
    }

    [Fact]
    public async Task Delete_WhileARunIsResumed_EitherIsGoneOrGoesOn()
    {
        await using var app = await TestApp.StartAsync(server);
        for (var round = 0; round < Rounds; round++)
        {
            var id = await app.SubmitAsync("paused");

            var both = await Task.WhenAll(app.DoAsync(id, "delete"), app.DoAsync(id, "resume"));

            var exists = (await app.Http.GetJsonAsync($"/api/v1/runs/{id}")).Status == HttpStatusCode.OK;
            Assert.Equal(exists ? (HttpStatusCode.Conflict, HttpStatusCode.Accepted) : (HttpStatusCode.NoContent, HttpStatusCode.NotFound), (both[0].Status, both[1].Status));
        }
    }
}

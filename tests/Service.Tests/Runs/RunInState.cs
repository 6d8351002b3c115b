using System.Net;
using System.Text.Json.Nodes;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Runs;

internal static class RunInState
{
    public static readonly string[] States = ["queued", "running", "pausing", "paused", "succeeded", "failed", "cancelled"];

    /// <summary>Submits a run and puts it in a state, as workers would leave it.</summary>
    public static async Task<Guid> SubmitAsync(this TestApp app, string state, string spec = Api.Xor)
    {
        var id = await app.Http.SubmitAsync(spec);
        await app.SetStateAsync(id, state);
        return id;
    }

    public static Task SetStateAsync(this TestApp app, Guid id, string state, string failure = "diverged") => TestRuns.ExecuteAsync(
        app.DataSource,
        $"""
        update runs set state = '{state}', attempt = {(state == "queued" ? 0 : 1)}, failed_attempts = 2,
            worker = {(state is "running" or "pausing" ? "'w'" : "null")},
            lease_expires_at = {(state is "running" or "pausing" ? "now() + interval '1 hour'" : "null")},
            finished_at = {(state is "succeeded" or "failed" or "cancelled" ? "now()" : "null")},
            failure_class = {(state == "failed" ? $"'{failure}'" : "null")},
            cancel_requested = {(state == "cancelled" ? "true" : "false")}
        where id = '{id}'
        """);

    public static async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> DoAsync(this TestApp app, Guid id, string action)
    {
        using var request = action == "delete"
            ? new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/runs/{id}")
            : new HttpRequestMessage(HttpMethod.Post, $"/api/v1/runs/{id}/{action}");
        return await app.Http.AskAsync(request);
    }

    /// <summary>The state events of a run after the first: state and reason.</summary>
    public static async Task<List<(string State, string? Reason)>> StoryAsync(this TestApp app, Guid id)
    {
        List<(string State, string? Reason)> story = [];
        for (var after = "1"; ;)
        {
            var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/events?after={after}&limit=1000");
            story.AddRange(page!["items"]!.AsArray().Select(item => item!["event"]!).Where(item => item["type"]!.GetValue<string>() == "state")
                .Select(item => (item["state"]!.GetValue<string>(), item["reason"]?.GetValue<string>())));
            if (page["next"]?.GetValue<string>() is not { } next)
            {
                return story;
            }

            after = next;
        }
    }
}

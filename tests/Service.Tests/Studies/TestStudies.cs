using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Studies;

/// <summary>Studies of runs that train in milliseconds, or that a test ends itself.</summary>
internal static class TestStudies
{
    /// <summary>A study over the learning rate of an MLP on XOR.</summary>
    public static string Xor(
        string method = "random", int trials = 4, int parallelism = 1, int seeds = 1, int epochs = 3, string? stopping = null, string? budget = null, string? parameters = null) =>
        $$"""
        {
          "name": "rates",
          "spec": { "name": "xor", "data": { "dataset": "xor" }, "model": { "kind": "mlp", "dense": [8] }, "training": { "epochs": {{epochs}}, "batchSize": 32, "optimizer": "adam" } },
          "parameters": {{parameters ?? """[{ "name": "rate", "pointers": ["/training/optimizer/learningRate"], "kind": "float", "low": 0.0001, "high": 0.1, "log": true }]"""}},
          "method": { "name": "{{method}}" }, "trials": {{trials}}, "parallelism": {{parallelism}}, "seeds": {{seeds}},
          "stopping": {{stopping ?? "null"}}, "budget": {{budget ?? "null"}}
        }
        """;

    public static async Task<Guid> SubmitStudyAsync(this HttpClient http, string study)
    {
        var (status, body, _) = await http.PostJsonAsync("/api/v1/studies", study);
        Assert.True(status == HttpStatusCode.Created, $"{status} {body}");
        return body!["id"]!.GetValue<Guid>();
    }

    public static async Task<JsonNode> StudyAsync(this HttpClient http, Guid study) => (await http.GetJsonAsync($"/api/v1/studies/{study}")).Body!;

    public static async Task<JsonArray> TrialsAsync(this HttpClient http, Guid study) => (await http.GetJsonAsync($"/api/v1/studies/{study}/trials?curves=true")).Body!["items"]!.AsArray();

    public static Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> DoStudyAsync(this HttpClient http, Guid study, string action)
    {
        if (action is "extend" or "test")
        {
            return http.PostJsonAsync($"/api/v1/studies/{study}/{action}", action == "extend" ? """{ "trials": 1000 }""" : "{}");
        }

        var request = action == "delete"
            ? new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/studies/{study}")
            : new HttpRequestMessage(HttpMethod.Post, $"/api/v1/studies/{study}/{action}");
        return http.AskAsync(request);
    }

    public static Task WaitForStudyAsync(this TestApp app, Guid study, string state) => Waiting.UntilAsync(
        async () => (string?)await TestRuns.ScalarAsync(app.DataSource, $"select state from studies where id = '{study}'") == state,
        TimeSpan.FromMinutes(5),
        async () => $"Study {study} is not {state}: {(await app.Http.StudyAsync(study)).ToJsonString()} {(await app.Http.TrialsAsync(study)).ToJsonString()}");

    /// <summary>Waits for a condition on the database.</summary>
    public static Task WaitForAsync(this TestApp app, string condition) => Waiting.UntilAsync(
        async () => (bool)(await TestRuns.ScalarAsync(app.DataSource, $"select {condition}"))!, Waiting.Soon, () => Task.FromResult(condition));

    // What a worker writes for a run that it trains: a curve of the validation accuracy.
    public static Task ReportAsync(this TestApp app, Guid run, int fromEpoch, params double[] accuracies) => TestRuns.ExecuteAsync(
        app.DataSource,
        $"""
        update runs set state = 'running', attempt = greatest(attempt, 1), worker = 'w', lease_expires_at = now() + interval '1 hour', elapsed_seconds = 1,
            step = {fromEpoch + accuracies.Length - 1}, total_steps = epochs, last_seq = last_seq + 1
        where id = '{run}' and state in ('queued', 'running');
        insert into metric_points (run_id, metric, epoch, step, value, at) values
        {string.Join(", ", accuracies.Select((value, index) => $"('{run}', 'validation_accuracy', {fromEpoch + index}, 1, {value.ToString(CultureInfo.InvariantCulture)}, now())"))};
        insert into metric_summaries (run_id, metric, latest, best, best_epoch) values ('{run}', 'validation_accuracy', {Text(accuracies[^1])}, {Text(accuracies.Max())}, 1)
        on conflict (run_id, metric) do update set latest = excluded.latest, best = greatest(metric_summaries.best, excluded.best);
        select pg_notify('trainyard_runs', '{run}:2')
        """);

    public static Task EndRunAsync(this TestApp app, Guid run, string state = "succeeded") => TestRuns.ExecuteAsync(
        app.DataSource,
        $"""
        update runs set state = '{state}', worker = null, lease_expires_at = null, attempt = greatest(attempt, 1), elapsed_seconds = 1, step = 100, total_steps = 100,
            finished_at = case when '{state}' <> 'paused' then now() end,
            failure_class = {(state == "failed" ? "'diverged'" : "null")}, failure_code = {(state == "failed" ? "'out_of_memory'" : "null")},
            failure_arguments = {(state == "failed" ? """'{"detail": "x"}'""" : "null")}
        where id = '{run}';
        select pg_notify('trainyard_runs', '{run}:3')
        """);

    // Stores a study that no process works on, as a step would leave it. run: A succeeded run that its only trial has, if any.
    public static async Task<Guid> StoreStudyAsync(this TestApp app, Guid id, string state, string? createdBy = null, Guid? run = null)
    {
        var definition = new JsonObject
        {
            ["spec"] = JsonNode.Parse(Api.Xor),
            ["parameters"] = JsonNode.Parse("""[{ "name": "rate", "pointers": ["/training/optimizer/learningRate"], "kind": "float", "low": 0.1, "high": 1 }]"""),
            ["method"] = new JsonObject { ["name"] = "random" }, ["stopping"] = null, ["metric"] = "validation_accuracy", ["goal"] = "maximize", ["score"] = "last", ["epochs"] = 3,
            ["device"] = "cpu", ["parallelism"] = 1, ["seeds"] = new JsonArray(1), ["seed"] = 1, ["budget"] = new JsonObject(),
        };
        var ended = state is "completed" or "stopped" or "cancelled" or "failed";
        await TestRuns.ExecuteAsync(
            app.DataSource,
            $"""
            insert into studies (id, name, state, definition, trials, proposed, ended_at, created_by)
            values ('{id}', 'stored', '{state}', '{definition.ToJsonString()}', 10, {(run is null ? 0 : 1)}, {(ended ? "now()" : "null")}, {(createdBy is null ? "null" : $"'{createdBy}'")})
            """);
        if (run is not null)
        {
            await TestRuns.ExecuteAsync(
                app.DataSource,
                $$"""
                insert into trials (study_id, number, state, assignment, epochs, epoch_flops, value, seed_values, seconds, flops, ended_at)
                values ('{{id}}', 0, 'completed', '{ "rate": 0.5 }', 3, 1, 0.5, '[{ "seed": 1, "value": 0.5, "run": "{{run}}" }]', 1, 3, now())
                """);
        }

        return id;
    }

    /// <summary>The runs of a study, by trial and seed.</summary>
    public static async Task<List<(Guid Id, int Trial, string State)>> RunsAsync(this TestApp app, Guid study)
    {
        await using var command = app.DataSource.CreateCommand($"select id, trial, state from runs where study_id = '{study}' order by trial, seed");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<(Guid, int, string)> runs = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            runs.Add((reader.GetGuid(0), reader.GetInt32(1), reader.GetString(2)));
        }

        return runs;
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}

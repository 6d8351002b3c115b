using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Trainyard.Service.Tests.Queue;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Tests.Runs;

[Trait("Needs", "database")]
public sealed class ListTests(DatabaseServer server)
{
    [Fact]
    public async Task List_PageByPage_ShowsEveryRunOnceNewestFirst()
    {
        await using var app = await TestApp.StartAsync(server);
        List<Guid> submitted = [];
        for (var i = 0; i < 7; i++)
        {
            submitted.Add(await app.Http.SubmitAsync());
        }

        List<Guid> seen = [];
        for (var query = "?limit=3"; ;)
        {
            var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs{query}");
            var ids = Ids(page!);
            Assert.True(ids.Count <= 3);
            seen.AddRange(ids);
            if (page!["next"] is not { } next)
            {
                break;
            }

            query = $"?limit=3&after={next}";
        }

        Assert.Equal(submitted.OrderByDescending(id => id.ToString(), StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task List_ExactlyOnePage_HasNoNext()
    {
        await using var app = await TestApp.StartAsync(server);
        await app.Http.SubmitAsync();
        await app.Http.SubmitAsync();

        var (_, page, _) = await app.Http.GetJsonAsync("/api/v1/runs?limit=2");

        Assert.Equal(2, Ids(page!).Count);
        Assert.Null(page!["next"]);
    }

    [Theory]
    [InlineData("epoch", "abc")]
    [InlineData("epoch", "99999999999")]
    [InlineData("epoch", null)]
    [InlineData("-name", "a\0b")]
    [InlineData("name", null)]
    [InlineData("elapsed", "NaN")]
    [InlineData("elapsed", "1e999")]
    [InlineData("metric.validation_loss.best", "x")]
    [InlineData("param.training.batchSize", "{")]
    [InlineData("param.training.batchSize", "1e999999")]
    [InlineData("param.training.batchSize", "\"\\u0000\"")]
    [InlineData("param.training.batchSize", "\"\\ud800\"")]
    [InlineData("param.training.batchSize", "[{\"\\udc00\": 1}]")]
    public async Task List_ForgedPageToken_IsRefused(string sort, string? key)
    {
        await using var app = await TestApp.StartAsync(server);
        var token = new JsonObject { ["Sort"] = sort, ["Key"] = key, ["Id"] = Guid.CreateVersion7() };

        foreach (var text in (string[])[token.ToJsonString(), $"[{token.ToJsonString()}]", "null", "{}", "{\"Sort\":null}", $"{{\"Sort\":\"{sort}\",\"Key\":\"\\ud800\"}}", "\xff"])
        {
            foreach (var after in (string[])[Base64Url.EncodeToString(Encoding.Latin1.GetBytes(text)), Uri.EscapeDataString(text)])
            {
                Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs?sort={sort}&after={after}"), HttpStatusCode.BadRequest, "bad-parameter");
            }
        }
    }

    [Theory]
    [InlineData("runs?after=0")]
    [InlineData("runs?after={00000000-0000-0000-0000-000000000001}")]
    [InlineData("runs?after=00000000000000000000000000000001")]
    [InlineData("runs?limit=99999999999")]
    [InlineData("runs/{id}/events?after=-1")]
    [InlineData("runs/{id}/events?after=99999999999999999999")]
    [InlineData("runs/{id}/events?after=1.5")]
    [InlineData("runs/{id}/log?tail=99999999999")]
    [InlineData("runs/{id}/observations?from=-2147483649")]
    [InlineData("runs/{id}/metrics?points=1e3")]
    public async Task Cursor_NotOfTheService_IsRefused(string address)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();

        var (status, _, _) = await app.Http.GetJsonAsync($"/api/v1/{address.Replace("{id}", $"{id}", StringComparison.Ordinal)}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("99999999999999999999")]
    public async Task Stream_LastEventIdNotOfTheService_IsRefused(string seq)
    {
        await using var app = await TestApp.StartAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{await app.Http.SubmitAsync()}/events");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", seq);

        Assert.Equal(HttpStatusCode.BadRequest, (await app.Http.AskAsync(request)).Status);
    }

    [Fact]
    public async Task List_FilteredByStateAndExperiment_ShowsThoseOnly()
    {
        await using var app = await TestApp.StartAsync(server);
        var queued = await app.Http.SubmitAsync();
        var cancelled = await app.Http.SubmitAsync();
        var other = await app.Http.SubmitAsync(Api.Xor.Replace("{ \"name\"", "{ \"experiment\": \"other\", \"name\"", StringComparison.Ordinal));
        await app.Http.PostAsync($"/api/v1/runs/{cancelled}/cancel", null, TestContext.Current.CancellationToken);

        Assert.Equal([other, queued], await ListAsync("?state=queued"));
        Assert.Equal([cancelled], await ListAsync("?state=cancelled&state=failed"));
        Assert.Equal([other, cancelled, queued], await ListAsync("?state=cancelled&state=queued"));
        Assert.Equal([other], await ListAsync("?experiment=other"));
        Assert.Equal([queued], await ListAsync("?experiment=default&state=queued"));
        Assert.Empty(await ListAsync("?experiment=nothing"));

        async Task<List<Guid>> ListAsync(string query) => Ids((await app.Http.GetJsonAsync($"/api/v1/runs{query}")).Body!);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=201")]
    [InlineData("?state=done")]
    [InlineData("?after=x")]
    [InlineData("?sort=loss")]
    [InlineData("?sort=metric.train_loss")]
    [InlineData("?sort=param.a'b")]
    [InlineData("?columns=seed")]
    [InlineData("?columns=param.seed,metric.a%27b")]
    [InlineData("?tag=a%00")]
    public async Task List_ParameterOutOfRange_NamesIt(string query)
    {
        await using var app = await TestApp.StartAsync(server);

        var answer = await app.Http.GetJsonAsync($"/api/v1/runs{query}");

        Api.IsProblem(answer, HttpStatusCode.BadRequest, "bad-parameter");
        Assert.Equal(query[1..query.IndexOf('=', StringComparison.Ordinal)], answer.Body!["parameter"]!.GetValue<string>());
    }

    [Fact]
    public async Task List_ParameterOutOfRange_HasOneKindOfProblem()
    {
        await using var app = await TestApp.StartAsync(server);

        var validated = (await app.Http.GetJsonAsync("/api/v1/runs?limit=0")).Body!;
        var parsed = (await app.Http.GetJsonAsync("/api/v1/runs?sort=loss")).Body!;

        Assert.Equal("'limit' is '0'. The field limit must be between 1 and 200.", validated["detail"]!.GetValue<string>());
        Assert.Equal(parsed["title"]!.GetValue<string>(), validated["title"]!.GetValue<string>());
        Assert.Equal("""{"limit":["The field limit must be between 1 and 200."]}""", validated["errors"]!.ToJsonString());
    }

    [Theory]
    [InlineData("?limit=x")]
    [InlineData("?archived=x")]
    public async Task List_ParameterOfWrongType_IsMalformed(string query)
    {
        await using var app = await TestApp.StartAsync(server);

        var answer = await app.Http.GetJsonAsync($"/api/v1/runs{query}");

        Api.IsProblem(answer, HttpStatusCode.BadRequest, "bad-request");
        Assert.Contains("'x'", answer.Body!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_OfWrongType_IsNamed()
    {
        await using var app = await TestApp.StartAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{Guid.CreateVersion7()}/events");
        request.Headers.Add("Last-Event-ID", "x");

        var answer = await app.Http.AskAsync(request);

        Api.IsProblem(answer, HttpStatusCode.BadRequest, "bad-request");
        Assert.Equal("'Last-Event-ID' is 'x', which is not a value of its type.", answer.Body!["detail"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("created")]
    [InlineData("-created")]
    [InlineData("name")]
    [InlineData("-name")]
    [InlineData("state")]
    [InlineData("-epoch")]
    [InlineData("elapsed")]
    [InlineData("-elapsed")]
    [InlineData("metric.validation_loss.best")]
    [InlineData("-metric.validation_accuracy.latest")]
    [InlineData("param.training.optimizer.learningRate")]
    [InlineData("-param.training.batchSize")]
    [InlineData("-param.training.optimizer.momentum")]
    [InlineData("param.data.trainLimit")]
    [InlineData("-param.training.optimizer.name")]
    [InlineData("-param.training.optimizer.beta1")]
    [InlineData("param.nothing")]
    [InlineData("param.training.optimizer.learningRate", "&q=a")]
    [InlineData("-param.data.trainLimit", "&state=queued&state=running")]
    [InlineData("metric.validation_loss.best", "&experiment=default")]
    [InlineData("elapsed", "&experiment=default")]
    [InlineData("created", "&experiment=default")]
    public async Task List_SortedPageByPage_ShowsEveryRunOnceInOrderWithMissingValuesLast(string sort, string narrow = "")
    {
        await using var app = await TestApp.StartAsync(server);
        var random = new Random(7);
        for (var i = 0; i < 17; i++)
        {
            var momentum = i % 3 == 0 ? $"{{ \"name\": \"momentum\", \"momentum\": 0.{i + 10} }}" : "\"adam\"";
            var id = await app.Http.SubmitAsync(
                $$"""
                { "name": "a {{(char)('a' + random.Next(4))}}", "data": { "dataset": "xor"{{(i % 2 == 0 ? $", \"trainLimit\": {20 + i}" : "")}} },
                  "model": { "kind": "mlp" }, "training": { "batchSize": {{1 + random.Next(3)}}, "optimizer": {{momentum}} } }
                """);
            await TestRuns.ExecuteAsync(
                app.DataSource,
                $"""
                update runs set epoch = {random.Next(3)}, elapsed_seconds = {(i % 4 == 0 ? "null" : $"{random.Next(3)}.5")} where id = '{id}';
                {(i % 4 == 1 ? "" : $"insert into metric_summaries values ('{id}', 'validation_loss', {random.Next(3)}, {(i % 5 == 0 ? "null" : $"0.{random.Next(4)}")}, 1), ('{id}', 'validation_accuracy', 0.{random.Next(4)}, 0.5, 1);")}
                """);
        }

        List<JsonNode> seen = [];
        for (var query = ""; ;)
        {
            var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs?sort={sort}&limit=4&columns={ColumnOf(sort)}{narrow}{query}");
            seen.AddRange(page!["items"]!.AsArray().Select(item => item!));
            if (page["next"] is not { } next)
            {
                break;
            }

            query = $"&after={next}";
        }

        Assert.Equal(17, seen.Select(run => run["id"]!.GetValue<Guid>()).Distinct().Count());
        Assert.Equal(17, seen.Count);
        var values = seen.ConvertAll(run => ValueOf(run, sort.TrimStart('-')));
        var present = values.TakeWhile(value => value is not null).ToList();
        Assert.All(values.Skip(present.Count), value => Assert.Null(value));
        for (var i = 1; i < present.Count; i++)
        {
            var order = Compare(present[i - 1]!, present[i]!);
            Assert.True(sort.StartsWith('-') ? order >= 0 : order <= 0, $"{present[i - 1]} before {present[i]}");
            if (order == 0)
            {
                var ids = string.CompareOrdinal(seen[i - 1]["id"]!.GetValue<string>(), seen[i]["id"]!.GetValue<string>());
                Assert.True(sort.StartsWith('-') ? ids > 0 : ids < 0, "Equal values are not ordered by id.");
            }
        }

        // As the database orders them.
        static int Compare(object a, object b) => a is double number ? number.CompareTo((double)b) : string.CompareOrdinal((string)a, (string)b);

        static string ColumnOf(string sort) => sort.Contains('.', StringComparison.Ordinal) ? sort.TrimStart('-') : "";

        static object? ValueOf(JsonNode run, string sort)
        {
            var value = sort switch
            {
                "created" => run["id"],
                "elapsed" => run["elapsedSeconds"],
                "name" or "state" or "epoch" => run[sort],
                _ => run["values"]![sort],
            };
            return value?.GetValueKind() switch
            {
                null => null,
                System.Text.Json.JsonValueKind.Number => value.GetValue<double>(),
                _ => value.GetValue<string>(),
            };
        }
    }

    [Fact]
    public async Task List_CursorOfAnotherSort_IsRefused()
    {
        await using var app = await TestApp.StartAsync(server);
        await app.Http.SubmitAsync();
        await app.Http.SubmitAsync();
        var (_, page, _) = await app.Http.GetJsonAsync("/api/v1/runs?limit=1&sort=name");

        var answer = await app.Http.GetJsonAsync($"/api/v1/runs?limit=1&sort=-name&after={page!["next"]}");

        Api.IsProblem(answer, HttpStatusCode.BadRequest, "bad-parameter");
    }

    [Theory]
    [InlineData("sweep", "0")]
    [InlineData("SWEEP lr", "0")]
    [InlineData("lr-sw", "0")]
    [InlineData("swee mnist", "")]
    [InlineData("weep", "")]
    [InlineData("읽을", "1")]
    [InlineData("half", "1")]
    [InlineData("0.001", "1")]
    [InlineData("week 3", "2")]
    [InlineData("adag", "2")]
    [InlineData("xor", "012")]
    [InlineData("'quo\"te\\ :* & ! |", "")]
    [InlineData("--- !", "012")]
    [InlineData("\u110b\u1175\u11b0\u110b\u1173\u11af", "1")]
    [InlineData("\u110b\u1175\u11b0", "1")]
    [InlineData("실험", "2")]
    [InlineData("🔥", "12")]
    [InlineData("🔥 실", "2")]
    [InlineData("👨\u200d👩", "2")]
    [InlineData("👩", "2")]
    [InlineData("❤\ufe0f", "1")]
    [InlineData("ÉT", "2")]
    [InlineData("quoted", "1")]
    [InlineData("🧊", "")]
    [InlineData("", "012")]
    public async Task List_Searched_FindsRunsThatHaveEveryWord(string q, string expected)
    {
        await using var app = await TestApp.StartAsync(server);
        List<Guid> ids =
        [
            await app.Http.SubmitAsync(Api.Xor.Replace("\"name\": \"xor\"", "\"name\": \"lr-sweep\"", StringComparison.Ordinal)),
            await app.Http.SubmitAsync(),
            await app.Http.SubmitAsync(Api.Xor.Replace("\"epochs\": 3", "\"epochs\": 3, \"optimizer\": \"adagrad\"", StringComparison.Ordinal)),
        ];
        await PatchAsync(app, ids[1], """{ "notes": "try half of 0.001; 나중에 읽을 것🔥❤ “quoted”", "tags": ["baseline"] }""");
        await PatchAsync(app, ids[2], """{ "name": "xor e\u0301te\u0301 \u1109\u1175\u11af\u1112\u1165\u11b7", "tags": ["week 3", "baseline", "🔥", "👨\u200d👩\u200d👧"] }""");

        var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs?q={Uri.EscapeDataString(q)}&sort=created");

        Assert.Equal(expected, string.Concat(Ids(page!).Select(id => ids.IndexOf(id))));
        Assert.Equal(expected.Length, await app.Http.CountRunsAsync($"q={Uri.EscapeDataString(q)}"));
    }

    [Fact]
    public async Task List_FilteredByTag_ShowsThoseOnly()
    {
        await using var app = await TestApp.StartAsync(server);
        var (one, two, _) = (await app.Http.SubmitAsync(), await app.Http.SubmitAsync(), await app.Http.SubmitAsync());
        await PatchAsync(app, one, """{ "tags": ["a", "b c"] }""");
        await PatchAsync(app, two, """{ "tags": ["b c"] }""");

        var (_, both, _) = await app.Http.GetJsonAsync("/api/v1/runs?tag=b%20c&limit=1");
        var (_, first, _) = await app.Http.GetJsonAsync("/api/v1/runs?tag=a");

        Assert.Equal(two, Assert.Single(Ids(both!)));
        Assert.Equal(one, Assert.Single(Ids(first!)));
        Assert.Null(first!["items"]![0]!["values"]);
    }

    [Fact]
    public async Task Count_Filtered_IsTheNumberOfRunsThatMatch()
    {
        await using var app = await TestApp.StartAsync(server);
        Guid[] ids = [await app.Http.SubmitAsync(), await app.Http.SubmitAsync(), await app.Http.SubmitAsync(Api.Xor.Replace("{ \"name\"", "{ \"experiment\": \"other\", \"name\"", StringComparison.Ordinal))];
        await PatchAsync(app, ids[0], """{ "tags": ["a", "b c"] }""");
        await PatchAsync(app, ids[1], """{ "tags": ["b c"] }""");
        await app.Http.PostAsync($"/api/v1/runs/{ids[1]}/cancel", null, TestContext.Current.CancellationToken);
        var study = Guid.CreateVersion7();
        await TestRuns.ExecuteAsync(app.DataSource, $"update runs set study_id = '{study}', trial = 0 where id = '{ids[2]}'");

        foreach (var (filter, expected) in ((string, int)[])
        [
            ("", 3), ("tag=b%20c", 2), ("tag=b%20c&tag=a", 1), ("state=cancelled", 1), ("state=cancelled&state=queued", 3), ("experiment=other", 1), ("experiment=none", 0),
            ($"study={study}", 1), ($"study={Guid.CreateVersion7()}", 0), ("archived=true", 0), ("where=optimizer%20%3D%20momentum", 3), ("where=optimizer%20%3D%20momentum&state=queued", 2),
        ])
        {
            Assert.Equal((filter, expected), (filter, await app.Http.CountRunsAsync(filter)));
        }

        await TestRuns.ExecuteAsync(app.DataSource, $"update runs set archived_at = now() where id = '{ids[0]}'");
        Assert.Equal((2, 1, 1), (await app.Http.CountRunsAsync(""), await app.Http.CountRunsAsync("archived=true"), await app.Http.CountRunsAsync("tag=b%20c")));
    }

    [Theory]
    [InlineData("state=done", "bad-parameter")]
    [InlineData("tag=a%00", "bad-parameter")]
    [InlineData("sort=name", "unknown-parameter")]
    [InlineData("where=accuracy%20%3E", "invalid-filter")]
    [InlineData("study=x", "bad-request")]
    public async Task Count_FilterThatIsNone_IsRefused(string filter, string problem)
    {
        await using var app = await TestApp.StartAsync(server);

        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/count?{filter}"), HttpStatusCode.BadRequest, problem);
    }

    [Fact]
    public async Task List_WithColumns_ShowsTheirValues()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();
        await TestRuns.ExecuteAsync(
            app.DataSource, $"insert into metric_summaries values ('{id}', 'train_loss', 2, 1, 1), ('{id}', 'learning_rate', 0.5, null, null)");

        var (_, page, _) = await app.Http.GetJsonAsync(
            "/api/v1/runs?columns=param.training.batchSize,param.training.optimizer.name,param.model.dense,param.data.trainLimit,param.nothing,metric.train_loss,metric.train_loss.latest,metric.learning_rate,metric.none");

        Assert.Equal(
            JsonNode.Parse(
                """
                { "param.training.batchSize": 128, "param.training.optimizer.name": "momentum", "param.model.dense": "[8]", "param.data.trainLimit": null, "param.nothing": null,
                  "metric.train_loss": 1, "metric.train_loss.latest": 2, "metric.learning_rate": 0.5, "metric.none": null }
                """)!.ToJsonString(),
            page!["items"]![0]!["values"]!.ToJsonString());
    }

    [Fact]
    public async Task Columns_NameCatalogParametersAndMetricsThatRunsHave()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();
        await TestRuns.ExecuteAsync(app.DataSource, $"insert into metric_summaries values ('{id}', 'top5_accuracy', 1, 1, 1), ('{id}', 'train_loss', 1, 1, 1)");

        var (_, columns, _) = await app.Http.GetJsonAsync("/api/v1/runs/columns");

        Assert.Equal(
            ["train_loss", "train_accuracy", "validation_loss", "validation_accuracy", "learning_rate", "images_per_second", "top5_accuracy"],
            columns!["metrics"]!.AsArray().Select(metric => metric!.GetValue<string>()));
        var parameters = columns["parameters"]!.AsArray();
        Assert.Contains(parameters, parameter => parameter!["pointer"]!.GetValue<string>() == "/training/optimizer/learningRate" && parameter["kind"]!.GetValue<string>() == "number");
        Assert.Equal(parameters.Count, parameters.Select(parameter => parameter!["pointer"]!.GetValue<string>()).Distinct(StringComparer.Ordinal).Count());

        // What differs between runs beside the catalog comes after it.
        Assert.DoesNotContain(parameters, parameter => parameter!["pointer"]!.GetValue<string>().Contains('*', StringComparison.Ordinal));
        foreach (var filters in (string[])["16", "32"])
        {
            await app.Http.SubmitAsync(
                $$"""{ "data": { "dataset": "shapes" }, "model": { "kind": "cnn", "dense": [{{filters}}], "blocks": [{ "filters": 8 }, { "filters": {{filters}} }] } }""");
        }

        var more = (await app.Http.GetJsonAsync("/api/v1/runs/columns")).Body!["parameters"]!.AsArray();
        Assert.Equal(
            [("/model/blocks/*/filters", "block filters", "numbers"), ("/model/dense", "dense", "numbers")],
            more.Skip(parameters.Count).Select(column => (column!["pointer"]!.GetValue<string>(), column["label"]!.GetValue<string>(), column["kind"]!.GetValue<string>())));
        var (_, sorted, _) = await app.Http.GetJsonAsync("/api/v1/runs?sort=-param.model.blocks.*.filters&columns=param.model.blocks.*.filters");
        Assert.Equal(["[8, 32]", "[8, 16]", null], sorted!["items"]!.AsArray().Select(run => run!["values"]!["param.model.blocks.*.filters"]?.GetValue<string>()));
        var (_, byItem, _) = await app.Http.GetJsonAsync("/api/v1/runs?sort=param.model.blocks.1.filters&columns=param.model.blocks.1.filters");
        Assert.Equal([16, 32, null], byItem!["items"]!.AsArray().Select(run => run!["values"]!["param.model.blocks.1.filters"]?.GetValue<int>()));

        // Each of them is a column and a sort.
        foreach (var chunk in parameters.Select(parameter => "param" + parameter!["pointer"]!.GetValue<string>().Replace('/', '.')).Chunk(50))
        {
            var (status, _, _) = await app.Http.GetJsonAsync($"/api/v1/runs?columns={string.Join(',', chunk)}&sort={chunk[0]}");
            Assert.Equal(HttpStatusCode.OK, status);
        }
    }

    [Fact]
    public async Task Show_FailedRun_HasItsFailureAndAttempts()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();
        await using var command = app.DataSource.CreateCommand(
            $"""
            insert into attempts values ('{id}', 1, 'worker-1', now(), now(), 'out of memory');
            update runs set state = 'failed', finished_at = now(), attempt = 1, failure_class = 'out_of_memory', failure_code = 'oom_killed'
            where id = '{id}'
            """);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var (_, run, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}");

        Assert.Equal("failed", run!["state"]!.GetValue<string>());
        Assert.Equal("out_of_memory", run["failure"]!["class"]!.GetValue<string>());
        Assert.Equal(RunMessageText.From(RunMessageCode.OomKilled, MessageArguments.None), run["failure"]!["message"]!.GetValue<string>());
        Assert.Equal("worker-1", Assert.Single(run["attempts"]!.AsArray())!["worker"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/events")]
    [InlineData("/metrics")]
    public async Task Show_UnknownRun_IsNotFound(string part)
    {
        await using var app = await TestApp.StartAsync(server);

        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/{Guid.CreateVersion7()}{part}"), HttpStatusCode.NotFound, "unknown-run");
    }

    private static List<Guid> Ids(JsonNode page) => [.. page["items"]!.AsArray().Select(run => run!["id"]!.GetValue<Guid>())];

    private static async Task PatchAsync(TestApp app, Guid id, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/runs/{id}") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        Assert.Equal(HttpStatusCode.OK, (await app.Http.AskAsync(request)).Status);
    }
}

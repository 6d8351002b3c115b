using System.Net;
using Npgsql;
using Trainyard.Service.Filters;
using Trainyard.Service.Runs;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Runs;

[Trait("Needs", "database")]
public sealed class WhereTests(DatabaseServer server)
{
    // a: adam, learning rate 0.01; b: adam, 0.1; c: sgd, 0.1; d: momentum, no metrics.
    private static readonly (string Where, string Expected)[] Cases =
    [
        ("accuracy > 0.9", "a"),
        ("accuracy > 0.9 and optimizer = adam", "a"),
        ("accuracy > 0.4 or optimizer = momentum", "abd"),
        ("not accuracy > 0.9", "bcd"),
        ("accuracy <= 90%", "bc"),
        ("accuracy = null", "d"),
        ("accuracy != null and not (lr = 0.1)", "a"),
        ("optimizer = adam", "ab"),
        ("optimizer != adam", "cd"),
        ("optimizer in (sgd, momentum)", "cd"),
        ("optimizer ~ O", "d"),
        ("learning_rate >= 0.1", "bcd"),
        ("training.optimizer.learningRate < 0.1", "a"),
        ("optimizer.momentum = 0.5", "d"),
        ("optimizer.momentum != 0.7", "d"),
        ("optimizer.momentum = null", "abc"),
        ("trainLimit > 10", "b"),
        ("trainLimit = null or trainLimit = 50", "abcd"),
        ("trainLimit = null and not trainLimit != null", "acd"),
        ("param.model.dense = '[8]'", "abcd"),
        ("param.model.dense = \"[8, 8]\"", ""),
        ("param.model.dense = null or param.model.dense.0 = 8 or param.training.optimizer != null", ""),
        ("param.training.optimizer = null and param.model.blocks.*.filters = null and param.nowhere.at.all.in.it = null", "abcd"),
        ("param.training.optimizer.name > m", "cd"),
        ("param.training.optimizer.learningRate > 0.05", "bcd"),
        ("name = a", "a"),
        ("name = A", ""),
        ("name != a and name in (a, b, c)", "bc"),
        ("name ~ B or name ~ '%' or name ~ '_'", "b"),
        ("tag = 'x y'", "b"),
        ("tag != 'x y'", "acd"),
        ("tag = null", "acd"),
        ("state = queued and seed = 1", "abcd"),
        ("state = failed", ""),
        ("trial = null", "abcd"),
        ("trial >= 0", ""),
        ("finding = dead_relu", "c"),
        ("problems > 0", "c"),
        ("created > 2020-01-01 and created < '2999-01-01T00:00:00Z'", "abcd"),
        ("finished = null", "abcd"),
        ("validation_accuracy.latest = 0.25", "abc"),
        ("name = \"'; drop table runs; --\" or experiment = 'a\\'", ""),
        ("not (accuracy > 0.9 or optimizer = sgd)", "bd"),
        ("not (accuracy <= 0.5 and lr = 0.1)", "ad"),
        ("not (not accuracy > 0.1 or not (lr > 0.05 or accuracy > 0.9))", "abc"),
        ("not accuracy = 0.5", "acd"),
        ("not accuracy != 0.5", "bd"),
        ("not accuracy = null and accuracy < 0.9", "bc"),
        ("not validation_accuracy.latest > 0.25", "abcd"),
        ("not metric.nowhere.best > 1 and metric.nowhere.best = null", "abcd"),
        ("not lr = 0.1", "a"),
        ("not lr < 0.1", "bcd"),
        ("not lr < -1.5e308", "abcd"),
        ("not lr >= 0.1 and not lr > 1e300", "a"),
        ("not optimizer.momentum > 0.1", "abc"),
        ("not optimizer.momentum != 0.5", "abcd"),
        ("not trainLimit <= 50 or trainLimit > 49", "abcd"),
        ("not optimizer ~ O", "abc"),
        ("not param.training.optimizer.name > m", "ab"),
        ("not param.training.optimizer.name > 5", "abcd"),
        ("param.training.optimizer.name != 5", "abcd"),
        ("param.training.optimizer.name = 5 or param.training.optimizer.name < 5", ""),
        ("not param.model.dense = '[8]'", ""),
        ("not param.nowhere.at.all > 1", "abcd"),
        ("not tag = 'x y' and not tag = null", ""),
        ("not (name ~ b or name = c)", "ad"),
        ("not elapsed > 1 and not seed > 1 and not finished > 2020-01-01", "abcd"),
        ("not state = queued or not created > 2020-01-01", ""),
        ("not accuracy > 0.1 or optimizer = sgd and not loss < 1", "cd"),
        ("  ", "abcd"),
    ];

    [Fact]
    public async Task List_Where_IsTheRunsThatMatch()
    {
        await using var app = await TestApp.StartAsync(server);
        await FillAsync(app);

        foreach (var (where, expected) in Cases)
        {
            foreach (var sort in (string[])["name", "-param.training.optimizer.learningRate"])
            {
                var (status, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs?sort={sort}&where={Uri.EscapeDataString(where)}");

                Assert.True(status == HttpStatusCode.OK, $"{where}: {page}");
                var found = string.Concat(page!["items"]!.AsArray().Select(run => run!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal));
                Assert.True(found == expected, $"{where} by {sort}: {found}");
            }

            Assert.Equal((where, expected.Length), (where, await app.Http.CountRunsAsync($"where={Uri.EscapeDataString(where)}")));
        }
    }

    // The condition on a row of a run, which pages of many runs are read by, against what the sets of runs are in the test above.
    [Fact]
    public async Task Next_Where_IsTheRunsThatMatch()
    {
        await using var app = await TestApp.StartAsync(server);
        await FillAsync(app);
        List<string> unable = [];

        foreach (var (where, expected) in Cases.Where(item => !string.IsNullOrWhiteSpace(item.Where)))
        {
            var sql = new RunListSql(new RunFilter { Limit = 50, Where = FilterExpression.Parse(where) });
            if (!sql.CanFollow)
            {
                unable.Add(where);
                continue;
            }

            await using var connection = await app.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var command = sql.Next(sql.FirstLook, 50);
            command.Connection = connection;
            command.CommandText = $"select coalesce(string_agg(name, '' order by name), '') from ({command.CommandText}) as page join runs using (id)";
            var found = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;

            Assert.True(found == expected, $"{where}: {found}");
        }

        // Single items, and lists of the members of several groups, are not in the spec as they are in run_parameters.
        Assert.Equal(Cases.Select(item => item.Where).Where(where => where.Contains(".0 ", StringComparison.Ordinal) || where.Contains(".*.", StringComparison.Ordinal)), unable);
    }

    // The order with each run looked up in the hashed sets of the conditions.
    [Fact]
    public async Task Walk_Where_IsTheRunsThatMatch()
    {
        await using var app = await TestApp.StartAsync(server);
        await FillAsync(app);
        var walked = 0;

        foreach (var (where, expected) in Cases.Where(item => !string.IsNullOrWhiteSpace(item.Where)))
        {
            foreach (var sort in (string[])["-created", "name", "-elapsed", "metric.validation_accuracy.best"])
            {
                var filter = new RunFilter { Limit = 50, Where = FilterExpression.Parse(where), Sort = RunSort.Parse(sort)! };
                var sql = await RunListSql.CountedAsync(app.DataSource, filter, TestContext.Current.CancellationToken);
                if (!sql.CanWalk)
                {
                    continue;
                }

                walked++;
                var found = "";
                foreach (var statement in (NpgsqlCommand[])[sql.Walk(50), .. filter.Sort.Optional ? [sql.WithoutValue(50)] : (NpgsqlCommand[])[]])
                {
                    await using var connection = await app.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
                    await using var command = statement;
                    command.Connection = connection;
                    command.CommandText = $"select coalesce(string_agg(name, ''), '') from ({command.CommandText}) as page (id) join runs using (id)";
                    found += (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
                }

                Assert.Equal((where, sort, expected), (where, sort, string.Concat(found.Order())));
            }
        }

        // Not those whose only conditions have no index.
        Assert.InRange(walked, 4 * Cases.Length / 2, 4 * Cases.Length);
    }

    // The sets of runs, whichever parts of an expression are taken for few.
    [Fact]
    public async Task Write_AnySizes_IsTheRunsThatMatch()
    {
        await using var app = await TestApp.StartAsync(server);
        await FillAsync(app);
        await using var connection = await app.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);

        foreach (var (where, expected) in Cases.Where(item => !string.IsNullOrWhiteSpace(item.Where)))
        {
            var expression = FilterForm.Of(FilterExpression.Parse(where));
            var counted = FilterSizes.Countable(expression).ToList();
            await using var count = new NpgsqlCommand { Connection = connection };
            count.CommandText = new FilterSql(count).Count(counted, 3);
            var sizes = (int[])(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
            var known = counted.Zip(sizes).ToDictionary(pair => pair.First, pair => pair.Second);
            for (var few = 0; few <= 4; few++)
            {
                await using var command = new NpgsqlCommand { Connection = connection };
                var set = new FilterSql(command).Write(expression, new FilterSizes(known, few) { TestCost = 1 });
                command.CommandText = $"select coalesce(string_agg(name, '' order by name), '') from {set} as found (id) join runs using (id)";
                var found = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;

                Assert.True(found == expected, $"{where}, up to {few}: {found}");
            }
        }
    }

    [Fact]
    public async Task List_WhereIsWrong_SaysWhatAndWhere()
    {
        await using var app = await TestApp.StartAsync(server);

        var answer = await app.Http.GetJsonAsync($"/api/v1/runs?where={Uri.EscapeDataString("seed = 1 and acuracy > 0.9")}");

        Api.IsProblem(answer, HttpStatusCode.BadRequest, "invalid-filter");
        Assert.Equal("There is no field 'acuracy'; did you mean 'accuracy'?", answer.Body!["detail"]!.GetValue<string>());
        Assert.Equal("The mistake is at character 14 of 'where'. GET /api/v1/runs/fields lists the fields.", answer.Body["help"]!.GetValue<string>());
        Assert.Equal(("unknown_field", 13, 7), (answer.Body["code"]!.GetValue<string>(), answer.Body["start"]!.GetValue<int>(), answer.Body["length"]!.GetValue<int>()));
        Assert.Equal("""{"found":"acuracy","meant":"accuracy"}""", answer.Body["arguments"]!.ToJsonString());
    }

    [Fact]
    public async Task Groups_ByOptimizer_HaveMeanAndStandardDeviation()
    {
        await using var app = await TestApp.StartAsync(server);
        await FillAsync(app);

        var (_, groups, _) = await app.Http.GetJsonAsync("/api/v1/runs/groups?by=param.training.optimizer.name,experiment&metrics=metric.validation_accuracy.best,elapsed");

        Assert.Equal(3, groups!["total"]!.GetValue<int>());
        var items = groups["items"]!.AsArray();
        Assert.Equal(["adam 2", "sgd 1", "momentum 1"], items.Select(group => $"{group!["values"]!["param.training.optimizer.name"]} {group["runs"]}"));
        Assert.Equal("default", items[0]!["values"]!["experiment"]!.GetValue<string>());
        var adam = items[0]!["metrics"]!["metric.validation_accuracy.best"]!;
        Assert.Equal((2, 0.725, 0.3182), (adam["runs"]!.GetValue<int>(), adam["mean"]!.GetValue<double>(), Math.Round(adam["standardDeviation"]!.GetValue<double>(), 4)));
        Assert.Equal((0.5, 0.95), (adam["minimum"]!.GetValue<double>(), adam["maximum"]!.GetValue<double>()));
        var none = items[2]!["metrics"]!["metric.validation_accuracy.best"]!;
        Assert.Equal(0, none["runs"]!.GetValue<int>());
        Assert.Null(none["mean"]);

        var (_, narrowed, _) = await app.Http.GetJsonAsync("/api/v1/runs/groups?by=param.training.optimizer.momentum&where=optimizer%20!%3D%20adam");
        Assert.Equal(["", "0.5"], narrowed!["items"]!.AsArray().Select(group => $"{group!["values"]!["param.training.optimizer.momentum"]}"));

        async Task<IEnumerable<string>> AllAsync(string by)
        {
            var (_, all, _) = await app.Http.GetJsonAsync($"/api/v1/runs/groups?by={by}");
            return all!["items"]!.AsArray().Select(group => $"{string.Join(' ', group!["values"]!.AsObject().Select(value => value.Value?.ToJsonString() ?? "none"))}: {group["runs"]}");
        }

        // Without a filter: runs without the parameter, and the archived ones.
        Assert.Equal(["none: 3", "0.5: 1"], await AllAsync("param.training.optimizer.momentum"));
        Assert.Equal(["none \"adam\": 2", "none \"sgd\": 1", "0.5 \"momentum\": 1"], await AllAsync("param.training.optimizer.momentum,param.training.optimizer.name"));
        Assert.Equal(["none: 4"], await AllAsync("param.nowhere"));
        var study = Guid.CreateVersion7();
        await TestRuns.ExecuteAsync(app.DataSource, $"update runs set study_id = '{study}', trial = 0 where name = 'd'");
        Assert.Equal(["0.5: 1"], await AllAsync($"param.training.optimizer.momentum&study={study}"));
        await TestRuns.ExecuteAsync(app.DataSource, "update runs set archived_at = now() where name in ('b', 'd')");
        Assert.Equal(["none: 2"], await AllAsync("param.training.optimizer.momentum"));
        await TestRuns.ExecuteAsync(app.DataSource, "update runs set archived_at = null");

        var (_, settings, _) = await app.Http.GetJsonAsync("/api/v1/runs/groups?by=setting&where=optimizer%20%3D%20momentum");
        Assert.Equal("momentum", Assert.Single(settings!["items"]!.AsArray())!["latest"]!["optimizer"]!.GetValue<string>());
        Api.IsProblem(await app.Http.GetJsonAsync("/api/v1/runs/groups?by=name"), HttpStatusCode.BadRequest, "bad-parameter");
    }

    [Fact]
    public async Task Groups_BySetting_AreRunsThatDifferInTheSeedOnly()
    {
        await using var app = await TestApp.StartAsync(server);
        async Task<Guid> SubmitAsync(string name, string seed, string training) => await app.Http.SubmitAsync(
            $$"""{ "name": "{{name}}", "experiment": "{{name}}", "seed": {{seed}}, "data": { "dataset": "xor" }, "model": { "kind": "mlp", "dense": [8] }, "training": { "epochs": 3, {{training}} } }""");
        const string adam = "\"optimizer\": \"adam\"";
        Guid[] same = [await SubmitAsync("first", "1", adam), await SubmitAsync("second", "2", adam), await SubmitAsync("third", "3", adam + ", \"timeLimitSeconds\": 60")];
        var other = await SubmitAsync("other", "1", "\"optimizer\": { \"name\": \"adam\", \"learningRate\": 0.5 }");
        await TestRuns.ExecuteAsync(app.DataSource, $"insert into metric_summaries select id, 'validation_accuracy', 0.5, seed / 4.0, 1 from runs where id <> '{other}'");

        var (_, groups, _) = await app.Http.GetJsonAsync("/api/v1/runs/groups?by=setting");

        var group = groups!["items"]![0]!;
        Assert.Equal((2, 3), (groups["total"]!.GetValue<int>(), group["runs"]!.GetValue<int>()));
        var accuracy = group["metrics"]!["metric.validation_accuracy.best"]!;
        Assert.Equal((0.5, 0.25), (accuracy["mean"]!.GetValue<double>(), accuracy["standardDeviation"]!.GetValue<double>()));
        Assert.Equal(
            $$"""{"id":"{{same[2]}}","name":"third","dataset":"xor","model":"mlp","optimizer":"adam","learningRate":0.001}""", group["latest"]!.ToJsonString());
        var (_, runs, _) = await app.Http.GetJsonAsync($"/api/v1/runs?where=setting%20%3D%20%22{group["values"]!["setting"]}%22");
        Assert.Equal(same.Reverse(), runs!["items"]!.AsArray().Select(run => run!["id"]!.GetValue<Guid>()));

        // The comparison has the same groups.
        var (_, comparison, _) = await app.Http.GetJsonAsync($"/api/v1/compare?run={string.Join("&run=", [.. same, other])}");
        Assert.Equal([3, 1], comparison!["groups"]!.AsArray().Select(compared => compared!["runs"]!.AsArray().Count));
    }

    [Fact]
    public async Task Fields_AreThoseThatWhereKnows()
    {
        await using var app = await TestApp.StartAsync(server);
        var (_, list, _) = await app.Http.GetJsonAsync("/api/v1/runs/fields");
        var fields = list!["fields"]!.AsArray();

        Assert.Contains(fields, field => field!["name"]!.GetValue<string>() == "optimizer" && field["choices"]!.AsArray().Any(choice => choice!.GetValue<string>() == "adam"));
        foreach (var field in fields)
        {
            var (status, body, _) = await app.Http.GetJsonAsync($"/api/v1/runs?where={field!["name"]}%20!%3D%20null");
            Assert.True(status == HttpStatusCode.OK, $"{field["name"]}: {body}");
        }
    }

    private static async Task FillAsync(TestApp app)
    {
        foreach (var (name, optimizer, data, accuracy) in ((string, string, string, string?)[])
        [
            ("a", """{ "name": "adam", "learningRate": 0.01 }""", "\"xor\"", "0.95"),
            ("b", """{ "name": "adam", "learningRate": 0.1 }""", "\"xor\", \"trainLimit\": 50", "0.5"),
            ("c", """{ "name": "sgd", "learningRate": 0.1 }""", "\"xor\"", "0.2"),
            ("d", """{ "name": "momentum", "learningRate": 0.1, "momentum": 0.5 }""", "\"xor\"", null),
        ])
        {
            var id = await app.Http.SubmitAsync(
                $$"""{ "name": "{{name}}", "data": { "dataset": {{data}} }, "model": { "kind": "mlp", "dense": [8] }, "training": { "epochs": 3, "optimizer": {{optimizer}} } }""");
            await TestRuns.ExecuteAsync(
                app.DataSource,
                $"""
                {(accuracy is null ? "" : $"insert into metric_summaries values ('{id}', 'validation_accuracy', 0.25, {accuracy}, 1);")}
                {(name == "b" ? $"update runs set tags = array['x y', 'z'] where id = '{id}';" : "")}
                {(name == "c" ? $"update runs set findings = array['dead_relu'], problems = 1 where id = '{id}';" : "")}
                select 1
                """);
        }
    }
}

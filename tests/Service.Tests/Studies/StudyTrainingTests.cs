using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Studies;

/// <summary>Studies whose runs real trainers train.</summary>
[Trait("Needs", "database")]
public sealed class StudyTrainingTests(DatabaseServer server)
{
    [Fact]
    public async Task Example_OptimizersOnXor_IsTrainedComparedAndTested()
    {
        await using var app = await StartAsync();
        var example = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("examples", "studies", "xor-optimizers.json"), TestContext.Current.CancellationToken))!;
        example["seeds"] = 2;
        example["spec"]!["training"]!["epochs"] = 2;

        var study = await app.Http.SubmitStudyAsync(example.ToJsonString());
        await app.WaitForStudyAsync(study, "completed");

        var trials = await app.Http.TrialsAsync(study);
        Assert.Equal(["sgd", "momentum", "adam"], trials.Select(trial => trial!["assignment"]!["optimizer"]!["name"]!.GetValue<string>()));
        Assert.All(trials, trial => Assert.Equal(2, trial!["seedValues"]!.AsArray().Count));

        var (_, result, _) = await app.Http.GetJsonAsync($"/api/v1/studies/{study}/result");
        Assert.Equal(["adam", "momentum", "sgd"], result!["arms"]!.AsArray().Select(arm => arm!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal(3, result["comparison"]!["pairs"]!.AsArray().Count);
        Assert.All(result["comparison"]!["pairs"]!.AsArray(), pair => Assert.True(pair!["isPaired"]!.GetValue<bool>()));
        Assert.NotEmpty(result["verdict"]!.GetValue<string>());

        // The same data for all, and the same initial network for the same seed.
        var data = await TestRuns.ColumnAsync(app.DataSource, $"select distinct spec #>> '{{data,seed}}' from runs where study_id = '{study}'");
        Assert.Single(data);
        Assert.Equal(2L, await TestRuns.ScalarAsync(app.DataSource, $"select count(distinct seed) from runs where study_id = '{study}'"));

        // Only now the test set, for the best trial alone.
        Assert.Equal(0L, await TestRuns.ScalarAsync(app.DataSource, "select count(*) from run_events where type = 'evaluation' and data ->> 'split' = 'test'"));
        var before = await NumbersAsync(app, study);
        Assert.Equal(HttpStatusCode.Accepted, (await app.Http.DoStudyAsync(study, "test")).Status);
        await app.WaitForAsync("count(*) = 2 from run_events where type = 'evaluation' and data ->> 'split' = 'test'");
        await app.WaitForAsync($"bool_and(state = 'succeeded') from runs where study_id = '{study}'");

        var again = await app.Http.DoStudyAsync(study, "test");
        Assert.Equal(HttpStatusCode.OK, again.Status);
        var look = Assert.Single(again.Body!["looks"]!.AsArray())!;
        Assert.Equal(again.Body["best"]!["number"]!.GetValue<int>(), look["trial"]!.GetValue<int>());
        Assert.All(look["scores"]!.AsArray(), score => Assert.InRange(score!["accuracy"]!.GetValue<double>(), 0, 1));
        Assert.Equal(1, again.Body["testLooks"]!.GetValue<int>());
        Assert.Equal(before, await NumbersAsync(app, study));
        Assert.Equal("completed", again.Body["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task Tpe_WithTwoSlots_ProposesTheSameTrialsHoweverFastTheyAre()
    {
        var assignments = new List<List<string>>();
        foreach (var slots in (int[])[1, 2])
        {
            await using var app = await StartAsync(slots);
            var study = await app.Http.SubmitStudyAsync(TestStudies.Xor("tpe", trials: 14, parallelism: 2, epochs: 1));
            await app.WaitForStudyAsync(study, "completed");
            assignments.Add([.. (await app.Http.TrialsAsync(study)).Select(trial => $"{trial!["assignment"]!.ToJsonString()} {trial["value"]}")]);
        }

        Assert.Equal(assignments[0], assignments[1]);
        Assert.Equal(14, assignments[0].Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Service_KilledTwiceDuringAStudy_HasTheTrialsOfAnUndisturbedOne()
    {
        var study = TestStudies.Xor("tpe", trials: 6, parallelism: 2, epochs: 40).Replace("\"tpe\"", "\"tpe\", \"startupTrials\": 2", StringComparison.Ordinal);
        List<string> undisturbed;
        await using (var app = await StartAsync())
        {
            var id = await app.Http.SubmitStudyAsync(study);
            await app.WaitForStudyAsync(id, "completed");
            undisturbed = await ResultsAsync(app.DataSource);
        }

        var connectionString = await server.CreateDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        using var folder = new TemporaryFolder();
        (string, string)[] settings =
        [
            ("ConnectionStrings__Postgres", connectionString), ("DATA_DIR", folder.Path), ("PORT", "0"), ("Trainer__Path", Repository.Trainer), ("Trainer__Threads", "1"),
            ("Worker__Slots", "2"), ("Queue__BackoffSeconds", "0.1"),
        ];
        for (var ended = 0; ended <= 4; ended += 2)
        {
            await using var service = ServiceProcess.Start(settings);
            var address = await service.WaitUntilReadyAsync();
            if (ended == 0)
            {
                using var http = new HttpClient { BaseAddress = address };
                await http.SubmitStudyAsync(study);
            }

            var condition = ended == 4 ? "(select state from studies) = 'completed'" : $"(select count(*) from trials where ended_at is not null) > {ended}";
            await Waiting.UntilAsync(async () => (bool)(await TestRuns.ScalarAsync(dataSource, $"select {condition}"))!, condition);
            service.Kill();
        }

        Assert.Equal(undisturbed, await ResultsAsync(dataSource));
        Assert.True((int)(await TestRuns.ScalarAsync(dataSource, "select max(attempt) from runs"))! > 1, "No run was interrupted.");
    }

    private static Task<List<string>> ResultsAsync(NpgsqlDataSource dataSource) => TestRuns.ColumnAsync(
        dataSource, "select number || ' ' || state || ' ' || assignment::text || ' ' || value from trials order by number");

    private Task<TestApp> StartAsync(int slots = 2) => TestApp.StartAsync(
        server, "all", [("Trainer:Path", Repository.Trainer), ("Trainer:Threads", "1"), ("Worker:Slots", $"{slots}")]);

    private static async Task<List<string>> NumbersAsync(TestApp app, Guid study) => await TestRuns.ColumnAsync(
        app.DataSource, $"select run_id || metric || epoch || coalesce(value, -1) from metric_points where metric <> 'images_per_second' and run_id in (select id from runs where study_id = '{study}') order by 1");
}

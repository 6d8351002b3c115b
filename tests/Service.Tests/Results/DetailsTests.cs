using System.Net;
using System.Text.Json.Nodes;
using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Events.Observation;
using static Trainyard.Service.Tests.Results.HeldRuns;

namespace Trainyard.Service.Tests.Results;

[Trait("Needs", "database")]
public sealed class DetailsTests(DatabaseServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_EventsWithLargeParts_AreStoredWithoutThem()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();

        await app.AppendAsync(id, Observation(0), Frame(0, "AAE="), Evaluation(1, DataSplit.Validation, 0.7), Observation(1) with { Histograms = null });

        var (_, events, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/events?after=1");
        var stored = events!["items"]!.AsArray().Select(entry => entry!["event"]!).ToList();
        Assert.Equal(["observation", "decision_frame", "evaluation", "observation"], stored.Select(happened => happened["type"]!.GetValue<string>()));
        Assert.Null(stored[0]["histograms"]);
        Assert.Equal(1, stored[0]["layers"]![0]!["activation"]!["std"]!.GetValue<double>());
        Assert.Null(stored[1]["frame"]);
        Assert.Null(stored[2]["mistakes"]);
        Assert.Equal(0.7, stored[2]["loss"]!.GetValue<double>());
        Assert.Equal(3, await app.DetailsAsync(id));
    }

    [Fact]
    public async Task Append_AttemptThatLostTheRun_StoresNoLargePart()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();

        Assert.Null(await app.AppendAsync(id, 2, [Observation(0)]));

        Assert.Equal(0, await app.DetailsAsync(id));
    }

    [Fact]
    public async Task Observations_ManyEpochsSomeRepeated_AreInOrderWithTheLastOfEach()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();

        // The second attempt continues after epoch 10 and ends before the first one did.
        await app.AppendAsync(id, [.. Enumerable.Range(0, 31).Select(epoch => Observation(epoch, 1))]);
        await app.AppendAsync(id, [.. Enumerable.Range(11, 10).Select(epoch => Observation(epoch, 2))]);

        var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/observations?histograms=true&from=5");

        Assert.Equal(Enumerable.Range(5, 26), Epochs(page!));
        Assert.Equal(
            Enumerable.Range(5, 26).Select(epoch => epoch is >= 11 and <= 20 ? 2.0 : 1.0),
            page!["epochs"]!.AsArray().Select(epoch => epoch!["layers"]![0]!["activation"]!["mean"]!.GetValue<double>()));
        Assert.All(page["epochs"]!.AsArray(), epoch => Assert.Single(epoch!["histograms"]!.AsArray()));
        Assert.Single(page["layers"]!.AsArray());
    }

    [Fact]
    public async Task Observations_OfAllEpochs_TellLayersAndStatistics()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        await app.AppendAsync(id, Observation(0, 0.25), Observation(1), Observation(2));

        var (status, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/observations");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""[{"layer":0,"name":"dense1","kind":"dense"}]""", page!["layers"]!.ToJsonString());
        Assert.Equal([0, 1, 2], Epochs(page));
        var first = page["epochs"]![0]!;
        Assert.Equal(0.25, first["layers"]![0]!["activation"]!["mean"]!.GetValue<double>());
        Assert.Null(first["histograms"]);
    }

    [Fact]
    public async Task Observations_WithHistogramsOfSomeEpochs_SendThoseOnly()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        await app.AppendAsync(id, Observation(0), Observation(1), Observation(2, 5), Observation(3));

        var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/observations?from=1&to=2&histograms=true");

        Assert.Equal([1, 2], Epochs(page!));
        var histogram = page!["epochs"]![1]!["histograms"]![0]!["activation"]!;
        Assert.Equal((4, 6), (histogram["min"]!.GetValue<double>(), histogram["max"]!.GetValue<double>()));
        Assert.Equal(Enumerable.Range(0, 64), histogram["counts"]!.AsArray().Select(count => count!.GetValue<int>()));
    }

    [Fact]
    public async Task Observations_EpochRepeatedByALaterAttempt_CountOnce()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        await app.AppendAsync(id, Observation(0, 1), Observation(1, 1), Observation(1, 7));

        var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/observations?histograms=true");

        Assert.Equal([0, 1], Epochs(page!));
        Assert.Equal(7, page!["epochs"]![1]!["layers"]![0]!["activation"]!["mean"]!.GetValue<double>());
        Assert.Equal(8, page["epochs"]![1]!["histograms"]![0]!["activation"]!["max"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("from=-1", "from")]
    [InlineData("from=5&to=4", "to")]
    public async Task Observations_OfImpossibleEpochs_AreRefused(string query, string parameter)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();

        var answer = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/observations?{query}");

        Api.IsProblem(answer, HttpStatusCode.BadRequest, "bad-parameter");
        Assert.Equal(parameter, answer.Body!["parameter"]!.GetValue<string>());
    }

    [Fact]
    public async Task DecisionFrames_OfARun_AreAFilmWithItsPoints()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        await app.AppendAsync(id, Frame(0, "AAE="), Frame(1, "AAA="), Frame(1, "AQE="));

        var (_, film, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/decision-frames");

        Assert.Equal("""[{"x":0.5,"y":-0.5,"label":1,"split":"validation"}]""", film!["points"]!.ToJsonString());
        Assert.Equal(["AAE=", "AQE="], film["frames"]!.AsArray().Select(frame => frame!["frame"]!["winner"]!.GetValue<string>()));
        Assert.All(film["frames"]!.AsArray(), frame => Assert.Null(frame!["frame"]!["points"]));
    }

    [Fact]
    public async Task Predictions_OfARun_AreByEpochWithTheImages()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        await app.AppendAsync(id, Predicted(0, 1), Predicted(1, 0), Predicted(1, 2));

        var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/predictions");

        Assert.Equal("""[{"label":2,"image":"iVBORw0KGgo="}]""", page!["images"]!.ToJsonString());
        Assert.Equal([(0, 1), (1, 2)], page["epochs"]!.AsArray().Select(epoch => (epoch!["epoch"]!.GetValue<int>(), epoch["predictions"]![0]!["predicted"]!.GetValue<int>())));
    }

    [Fact]
    public async Task Evaluation_OfARun_HasTheMistakes()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        await app.AppendAsync(id, Evaluation(1, DataSplit.Validation, 0.7), Evaluation(2, DataSplit.Validation, 0.6), Evaluation(2, DataSplit.Test, 0.8));

        var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/evaluation");

        var evaluations = page!["evaluations"]!.AsArray();
        Assert.Equal(
            [(1, "validation"), (2, "validation"), (2, "test")],
            evaluations.Select(one => (one!["epoch"]!.GetValue<int>(), one["split"]!.GetValue<string>())));
        Assert.All(evaluations, one => Assert.Equal("iVBORw0KGgo=", one!["mistakes"]![0]!["image"]!.GetValue<string>()));
        Assert.Equal("[[1,0],[1,0]]", evaluations[0]!["confusion"]!.ToJsonString());
        Assert.Null(evaluations[0]!["perClass"]![1]!["precision"]);
    }

    [Fact]
    public async Task Findings_RuleThatSpokeAgain_IsThereOnceASeverity()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        await app.AppendAsync(
            id,
            Finding("dead_relu", DiagnosisSeverity.Warning, 1),
            Finding("dead_relu", DiagnosisSeverity.Problem, 3),
            Finding("dead_relu", DiagnosisSeverity.Problem, 3));

        var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/findings");

        var findings = page!["findings"]!.AsArray();
        Assert.Equal([(2, "warning"), (3, "problem")], findings.Select(one => (one!["seq"]!.GetValue<int>(), one["severity"]!.GetValue<string>())));
        Assert.Equal("he", findings[0]!["suggestion"]!["changes"]![0]!["value"]!["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("observations", "epochs")]
    [InlineData("decision-frames", "frames")]
    [InlineData("predictions", "epochs")]
    [InlineData("evaluation", "evaluations")]
    [InlineData("findings", "findings")]
    public async Task Details_OfARunWithoutAny_AreEmptyAndOfNoRunAProblem(string path, string member)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();

        var (status, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/{path}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Empty(page![member]!.AsArray());
        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/{Guid.CreateVersion7()}/{path}"), HttpStatusCode.NotFound, "unknown-run");
    }

    [Fact]
    public async Task Details_OfADeletedRun_AreDeletedWithIt()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        await app.AppendAsync(id, Observation(0));

        await using var command = app.DataSource.CreateCommand($"delete from runs where id = '{id}'");
        await command.ExecuteNonQueryAsync(Cancellation);

        Assert.Equal(0, await app.DetailsAsync(id));
    }

    [Fact]
    public async Task ReadByType_ManySignsOfLife_DoesNotTouchThem()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        var progress = new ProgressEvent
        {
            Epoch = 1, Step = 1, TotalSteps = 10, TrainLoss = 1, TrainAccuracy = 0.5, ImagesPerSecond = 1, ElapsedSeconds = 1, RemainingSeconds = null,
        };
        await app.AppendAsync(id, [.. Enumerable.Repeat<RunEvent>(progress, 5000), Finding("dead_relu", DiagnosisSeverity.Info, 1)]);
        await using var analyze = app.DataSource.CreateCommand("analyze run_events");
        await analyze.ExecuteNonQueryAsync(Cancellation);

        await using var explain = app.DataSource.CreateCommand($"explain select data from run_events where run_id = '{id}' and type = 'finding' order by seq");
        var plan = (string)(await explain.ExecuteScalarAsync(Cancellation))!;

        Assert.Contains("run_events_by_type", plan, StringComparison.Ordinal);
    }

    private static IEnumerable<int> Epochs(JsonNode page) => page["epochs"]!.AsArray().Select(epoch => epoch!["epoch"]!.GetValue<int>());
}

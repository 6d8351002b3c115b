using System.Net;
using Trainyard.Service.Tests.Results;
using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Diagnosis;
using static Trainyard.Service.Tests.Results.HeldRuns;

namespace Trainyard.Service.Tests.Compare;

[Trait("Needs", "database")]
public sealed class CompareApiTests(DatabaseServer server)
{
    [Fact]
    public async Task Compare_RunsOfTwoSettings_IsComplete()
    {
        await using var app = await TestApp.StartAsync(server);
        var ids = new List<Guid>();
        foreach (var (optimizer, seed, best) in ((string, int, double)[])[("adam", 1, 0.8), ("adam", 2, 0.9), ("sgd", 1, 0.7)])
        {
            var id = await app.HeldRunAsync(Spec(optimizer, seed));
            await app.AppendAsync(id, Started("f00d"), Epoch(1, best, 0.9), Epoch(2, best - 0.1, 0.5), Finding("dead_relu", DiagnosisSeverity.Info, 1));
            await app.FinishAsync(id);
            ids.Add(id);
        }

        var (status, page, _) = await app.Http.GetJsonAsync($"/api/v1/compare?run={ids[2]}&run={ids[0]}&run={ids[1]}&run={ids[1]}&points=100");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal([ids[2], ids[0], ids[1]], page!["runs"]!.AsArray().Select(run => run!["id"]!.GetValue<Guid>()));
        Assert.All(page["runs"]!.AsArray(), run => Assert.Equal(1, run!["findings"]!.GetValue<int>()));
        Assert.Equal(["SGD", "Adam"], page["groups"]!.AsArray().Select(group => group!["label"]!.GetValue<string>()));
        var difference = page["differences"]!.AsArray().Single(place => place!["pointer"]!.GetValue<string>() == "/training/optimizer/name");
        Assert.Equal("adam", difference!["values"]![ids[0].ToString()]!.GetValue<string>());
        Assert.Equal(
            ["train_loss", "train_accuracy", "validation_loss", "validation_accuracy"],
            page["metrics"]!.AsArray().Select(metric => metric!["metric"]!.GetValue<string>()));
        var accuracy = page["metrics"]![3]!;
        Assert.Equal("maximize", accuracy["goal"]!.GetValue<string>());
        Assert.Equal((0.8, 1, 0.7), (accuracy["perRun"]![1]!["best"]!.GetValue<double>(), accuracy["perRun"]![1]!["bestEpoch"]!.GetValue<int>(), Math.Round(accuracy["perRun"]![1]!["latest"]!.GetValue<double>(), 9)));
        Assert.Equal(0.85, accuracy["perGroup"]![1]!["mean"]!.GetValue<double>(), 9);
        Assert.Equal(18, page["curves"]!.AsArray().Count);
        Assert.Equal(4, page["curves"]![0]!["points"]![1]!["seconds"]!.GetValue<double>());
        Assert.Equal(6, page["bands"]!.AsArray().Count);
        Assert.Equal("info", Assert.Single(page["comparability"]!.AsArray())!["severity"]!.GetValue<string>());
    }

    [Fact]
    public async Task Compare_RunsOnDifferentData_ReportsThatTheyAreNotComparable()
    {
        await using var app = await TestApp.StartAsync(server);
        var (first, second) = (await app.HeldRunAsync(Spec("adam", 1)), await app.HeldRunAsync(Spec("sgd", 1)));
        await app.AppendAsync(first, Started("f00d"));
        await app.AppendAsync(second, Started("beef"));

        var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/compare?run={first}&run={second}");

        var note = page!["comparability"]![0]!;
        Assert.Equal(("problem", "other_files", 2), (note["severity"]!.GetValue<string>(), note["code"]!.GetValue<string>(), note["arguments"]!["fingerprints"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Compare_OfSomeMetrics_SendsTheirCurvesAndBandsOnly()
    {
        await using var app = await TestApp.StartAsync(server);
        var (first, second) = (await app.HeldRunAsync(Spec("adam", 1)), await app.HeldRunAsync(Spec("adam", 2)));
        foreach (var id in (Guid[])[first, second])
        {
            await app.AppendAsync(id, Started("f00d"), Epoch(1, 0.5), Epoch(2, 0.6));
        }

        var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/compare?run={first}&run={second}&metric=validation_loss&metric=learning_rate");
        var unknown = await app.Http.GetJsonAsync($"/api/v1/compare?run={first}&run={second}&metric=loss");

        Assert.Equal(["validation_loss", "validation_loss", "learning_rate", "learning_rate"], page!["curves"]!.AsArray().Select(curve => curve!["metric"]!.GetValue<string>()));
        Assert.Equal(["validation_loss", "learning_rate"], page["bands"]!.AsArray().Select(band => band!["metric"]!.GetValue<string>()));
        Assert.Equal(4, page["metrics"]!.AsArray().Count);
        Api.IsProblem(unknown, HttpStatusCode.BadRequest, "bad-parameter");
        Assert.Equal("metric", unknown.Body!["parameter"]!.GetValue<string>());
        Assert.Contains("validation_loss, validation_accuracy", unknown.Body["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_WithAForkFromItsParentsWeights_ReportsIt()
    {
        await using var app = await TestApp.StartAsync(server);
        var (parent, fork) = (await app.HeldRunAsync(Spec("adam", 1)), await app.HeldRunAsync(Spec("adam", 2)));
        await using var command = app.DataSource.CreateCommand(
            $"update runs set parent_id = '{parent}', parent_kind = 'fork', parent_epoch = 4, weights = 'weights.safetensors' where id = '{fork}'");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/compare?run={parent}&run={fork}");

        var note = page!["comparability"]!.AsArray().Single(note => note!["code"]!.GetValue<string>() == "parent_weights")!;
        Assert.Equal("warning", note["severity"]!.GetValue<string>());
        Assert.Equal(fork, Assert.Single(note["arguments"]!["runs"]!.AsArray())!.GetValue<Guid>());
    }

    [Fact]
    public async Task CompareCsv_OfRuns_HasARowForEach()
    {
        await using var app = await TestApp.StartAsync(server);
        var (first, second) = (await app.HeldRunAsync(Spec("adam", 1)), await app.HeldRunAsync(Spec("adam", 2)));
        await app.AppendAsync(first, Epoch(1, 0.75));

        var response = await app.Http.GetAsync($"/api/v1/compare.csv?run={first}&run={second}", TestContext.Current.CancellationToken);

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        var rows = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n");
        Assert.Equal($"{first},test,default,running,same settings,1,1,1,0.5,1,1,1,0.75,1", rows[1]);
        Assert.Equal($"{second},test,default,running,same settings,2,,,,,,,,", rows[2]);
    }

    [Fact]
    public async Task CurvesCsv_OfRuns_HasARowForEachPoint()
    {
        await using var app = await TestApp.StartAsync(server);
        var first = await app.HeldRunAsync(Spec("adam", 1).Replace("\"test\"", """ "=cmd|' /C calc'!A0" """, StringComparison.Ordinal));
        var second = await app.HeldRunAsync(Spec("adam", 2).Replace("\"test\"", "\"학습, 둘\"", StringComparison.Ordinal));
        await app.AppendAsync(first, Epoch(1, null, -0.5), Epoch(2, 0.25));
        await app.AppendAsync(second, Epoch(1, 0.75));

        var bytes = await app.Http.GetByteArrayAsync($"/api/v1/compare/curves.csv?run={second}&run={first}", TestContext.Current.CancellationToken);

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var rows = System.Text.Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.Equal("run,name,metric,epoch,step,seconds,value", rows[0]);
        Assert.Equal(1 + (6 * 3) + 1, rows.Length);
        Assert.Contains($"{second},\"학습, 둘\",validation_accuracy,1,10,2,0.75", rows);
        Assert.Contains($"{first},'=cmd|' /C calc'!A0,validation_loss,1,10,2,-0.5", rows);
        Assert.Contains($"{first},'=cmd|' /C calc'!A0,validation_accuracy,1,10,2,", rows);
    }

    [Theory]
    [InlineData("compare")]
    [InlineData("compare.csv")]
    [InlineData("compare/curves.csv")]
    public async Task Compare_OfTooFewOrUnknownRuns_IsRefused(string path)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();

        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/{path}"), HttpStatusCode.BadRequest, "bad-parameter");
        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/{path}?run={id}&run={id}"), HttpStatusCode.BadRequest, "bad-parameter");
        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/{path}?run={id}&run=x"), HttpStatusCode.BadRequest, "bad-request");
        var empty = await app.Http.GetJsonAsync($"/api/v1/{path}?run={id}&run={Guid.CreateVersion7()}&run=");
        Api.IsProblem(empty, HttpStatusCode.BadRequest, "bad-request");
        Assert.Equal("run", empty.Body!["parameter"]!.GetValue<string>());
        Assert.Equal("'run' is '', which is not a value of its type.", empty.Body["detail"]!.GetValue<string>());
        var missing = Guid.CreateVersion7();
        var unknown = await app.Http.GetJsonAsync($"/api/v1/{path}?run={id}&run={missing}");
        Api.IsProblem(unknown, HttpStatusCode.NotFound, "unknown-run");
        Assert.Equal(missing, unknown.Body!["run"]!.GetValue<Guid>());
        var many = string.Join('&', Enumerable.Range(0, 101).Select(_ => $"run={Guid.CreateVersion7()}"));
        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/{path}?{many}"), HttpStatusCode.BadRequest, "bad-parameter");
    }

    private static string Spec(string optimizer, int seed) =>
        $$"""{ "name": "test", "seed": {{seed}}, "data": { "dataset": "xor" }, "model": { "kind": "mlp", "dense": [8] }, "training": { "optimizer": "{{optimizer}}" } }""";

    private static StartedEvent Started(string fingerprint) => new()
    {
        Engine = "test", Device = "cpu", Threads = 1, Precision = Specs.Spec.Precision.Float32, TrainSamples = 1, ValidationSamples = 1, TestSamples = 1,
        StepsPerEpoch = 1, Epochs = 1, Parameters = 1, Layers = [], ResumedFromStep = 0,
        Data = new DataIdentity { Dataset = "xor", Fingerprint = fingerprint, ClassNames = ["no", "yes"] },
    };
}

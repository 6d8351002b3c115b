using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Service.Inspection;

namespace Trainyard.Service.Tests.Inspection;

[Trait("Needs", "database")]
public sealed class ForwardApiTests(DatabaseServer server)
{
    private const string Cnn = """
        {
          "name": "seen", "data": { "dataset": { "name": "shapes", "trainSamples": 100, "testSamples": 100 } },
          "model": { "kind": "cnn", "blocks": [{ "filters": 4 }] }, "training": { "epochs": 1, "batchSize": 50 }
        }
        """;

    private const string Points = """
        {
          "name": "points", "data": { "dataset": { "name": "moons", "trainSamples": 100, "testSamples": 100 } },
          "model": { "kind": "mlp", "dense": [4] }, "training": { "epochs": 1, "batchSize": 50 }
        }
        """;

    [Fact]
    public async Task Forward_OfATrainedRun_ShowsLayersAndTheUnitAskedFor()
    {
        await using var app = await TestApp.StartAsync(server, "all");
        var path = await TrainAsync(app, Cnn);

        var (status, pass, _) = await app.Http.GetJsonAsync($"{path}?sample=3&layer=conv1&channel=2&row=0&column=5");
        var brief = (await app.Http.GetJsonAsync($"{path}?sample=3&layer=pool1&maps=false")).Body!;
        var samples = (await app.Http.GetJsonAsync($"{path}/samples?after=2&limit=2")).Body!;

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(3, (int)pass!["sample"]!);
        Assert.Equal(["conv1", "activation1", "pool1", "flatten1", "output"], pass["layers"]!.AsArray().Select(layer => (string)layer!["name"]!));
        Assert.Equal(("conv", 27), ((string)pass["unit"]!["kind"]!, (int)pass["unit"]!["termCount"]!));
        Assert.Equal((double)pass["unit"]!["output"]!, (double)pass["unit"]!["sum"]!, 1e-4);
        Assert.Equal("activation1", (string)Assert.Single(pass["following"]!.AsArray())!["address"]!["layer"]!);
        Assert.Equal(4, pass["filters"]!["filters"]!.AsArray().Count);
        Assert.Equal((null, 0), (brief["filters"], brief["layers"]![0]!["maps"]!.AsArray().Count));
        Assert.Equal(pass["logits"]!.ToJsonString(), brief["logits"]!.ToJsonString());
        Assert.Equal([3, 4], samples["items"]!.AsArray().Select(item => (int)item!["index"]!));
        Assert.Equal((int)pass["label"]!, (int)samples["items"]![0]!["label"]!);
        Assert.Equal(4, (int)samples["next"]!);
        var wrong = (await app.Http.GetJsonAsync($"{path}/samples?label=1&wrong=true&limit=200")).Body!;
        Assert.All(wrong["items"]!.AsArray(), item => Assert.Equal((1, false), ((int)item!["label"]!, (int)item["predicted"]! == 1)));
        Assert.Null(wrong["next"]);
        Api.IsProblem(await app.Http.GetJsonAsync($"{path}/samples?label=99"), HttpStatusCode.BadRequest, "bad-forward-pass");
        Api.IsProblem(await app.Http.GetJsonAsync($"{path}?layer=conv7"), HttpStatusCode.BadRequest, "bad-forward-pass");
        Api.IsProblem(await app.Http.GetJsonAsync($"{path}/samples?limit=201"), HttpStatusCode.BadRequest, "bad-parameter");
        // One process answered all of them, also after what it refused.
        Assert.Single(Trainers(app).ProcessIds);
    }

    [Fact]
    public async Task Forward_OfAnImageOfOnesOwn_IsThatOfItsPixels()
    {
        await using var app = await TestApp.StartAsync(server, "all");
        var path = await TrainAsync(app, Cnn);
        var black = string.Join(',', Enumerable.Repeat(0, 3 * 32 * 32));

        var (status, drawn, _) = await app.Http.PostJsonAsync(path, $$"""{ "pixels": [{{black}}], "unit": { "layer": "conv1", "channel": 1, "row": 9 } }""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((null, null), (drawn!["label"], drawn["sample"]));
        // Normalized as the training data were: black is the smallest value of its channel, not 0.
        Assert.True((double)drawn["input"]!["high"]! < 0);
        Assert.Equal((double)drawn["unit"]!["output"]!, (double)drawn["unit"]!["sum"]!, 1e-4);
        Api.IsProblem(await app.Http.PostJsonAsync(path, """{ "pixels": [1, 2, 3] }"""), HttpStatusCode.BadRequest, "bad-forward-pass");
        Api.IsProblem(await app.Http.PostJsonAsync(path, """{ "point": [1, 2] }"""), HttpStatusCode.BadRequest, "bad-forward-pass");
        var (_, wrong, _) = await app.Http.PostJsonAsync(path, """{ "pixels": [0, 256], "colour": 1 }""");
        Assert.Equal(["/colour", "/pixels/1"], wrong!["findings"]!.AsArray().Select(finding => (string)finding!["pointer"]!).Order());
    }

    [Fact]
    public async Task Networks_BeyondTheirNumberAndUnused_EndWithTheirProcesses()
    {
        await using var app = await TestApp.StartAsync(server, "all", settings: [("ForwardPasses:MaximumNetworks", "1"), ("ForwardPasses:IdleSeconds", "1")]);
        var images = await TrainAsync(app, Cnn);
        var points = await TrainAsync(app, Points);

        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetJsonAsync($"{images}?maps=false")).Status);
        var first = Trainers(app).ProcessIds;
        var (_, typed, _) = await app.Http.PostJsonAsync(points, """{ "point": [0.5, 1.5] }""");
        var second = Trainers(app).ProcessIds;

        Assert.Equal([0.5, 1.5], typed!["point"]!.AsArray().Select(coordinate => (double)coordinate!));
        Assert.NotEqual(Assert.Single(first), Assert.Single(second));
        await Waiting.UntilAsync(() => Task.FromResult(Trainers(app).ProcessIds.Count == 0), "the network is given up");
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetJsonAsync($"{images}?maps=false")).Status);
    }

    [Fact]
    public async Task Network_BeyondItsMemory_IsGivenUpWithTheReason()
    {
        await using var app = await TestApp.StartAsync(server, "all", settings: [("ForwardPasses:MemoryMegabytes", "128")]);
        var path = await TrainAsync(app, Points);

        // Whether it is found before or after its first answer is a matter of time.
        await Waiting.UntilAsync(async () => (await app.Http.GetJsonAsync($"{path}?maps=false")).Status == HttpStatusCode.ServiceUnavailable, "a network that is too large is ended");
        await Waiting.UntilAsync(() => Task.FromResult(Trainers(app).ProcessIds.Count == 0), "the network is given up");
    }

    [Fact]
    public async Task Forward_WithoutWeights_SaysWhy()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();

        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/{id}/forward"), HttpStatusCode.Conflict, "no-checkpoint");
        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/{Guid.CreateVersion7()}/forward"), HttpStatusCode.NotFound, "unknown-run");
        Api.IsProblem(await app.Http.PostJsonAsync($"/api/v1/runs/{id}/forward", "{}"), HttpStatusCode.Conflict, "no-checkpoint");
        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/{id}/forward/samples"), HttpStatusCode.Conflict, "no-checkpoint");
    }

    private static ForwardTrainers Trainers(TestApp app) => app.Services.GetRequiredService<ForwardTrainers>();

    private static async Task<string> TrainAsync(TestApp app, string spec)
    {
        var id = await app.Http.SubmitAsync(spec);
        await Waiting.UntilAsync(async () => (string?)(await app.Http.GetJsonAsync($"/api/v1/runs/{id}")).Body!["state"] == "succeeded", "the run has succeeded");
        return $"/api/v1/runs/{id}/forward";
    }
}

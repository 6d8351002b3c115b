using System.Buffers.Text;
using System.Net;

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

    [Fact]
    public async Task Forward_OfATrainedRun_ShowsLayersAndTheUnitAskedFor()
    {
        await using var app = await TestApp.StartAsync(server, "all");
        var id = await app.Http.SubmitAsync(Cnn);
        var path = $"/api/v1/runs/{id}/forward";
        await Waiting.UntilAsync(async () => (string?)(await app.Http.GetJsonAsync($"/api/v1/runs/{id}")).Body!["state"] == "succeeded", "the run has succeeded");

        var (status, pass, _) = await app.Http.GetJsonAsync($"{path}?sample=3&layer=conv1&channel=2&row=0&column=5");
        var drawn = await app.Http.GetJsonAsync($"{path}?pixels={Base64Url.EncodeToString(new byte[3 * 32 * 32])}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(3, (int)pass!["sample"]!);
        Assert.Equal(["conv1", "activation1", "pool1", "flatten1", "output"], pass["layers"]!.AsArray().Select(layer => (string)layer!["name"]!));
        Assert.Equal(("conv", 27), ((string)pass["unit"]!["kind"]!, (int)pass["unit"]!["termCount"]!));
        Assert.Equal((double)pass["unit"]!["output"]!, (double)pass["unit"]!["sum"]!, 1e-4);
        Assert.Equal(4, pass["filters"]!["filters"]!.AsArray().Count);
        Assert.Equal(HttpStatusCode.OK, drawn.Status);
        Assert.Null(drawn.Body!["label"]);
        Api.IsProblem(await app.Http.GetJsonAsync($"{path}?layer=conv7"), HttpStatusCode.BadRequest, "bad-forward-pass");
        Api.IsProblem(await app.Http.GetJsonAsync($"{path}?pixels=AAAA"), HttpStatusCode.BadRequest, "bad-forward-pass");
    }

    [Fact]
    public async Task Forward_WithoutWeights_SaysWhy()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();

        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/{id}/forward"), HttpStatusCode.Conflict, "no-checkpoint");
        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/{Guid.CreateVersion7()}/forward"), HttpStatusCode.NotFound, "unknown-run");
        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/{id}/forward?pixels=*"), HttpStatusCode.BadRequest, "bad-parameter");
    }
}

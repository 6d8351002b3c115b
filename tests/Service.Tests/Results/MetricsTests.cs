using System.Net;
using System.Text.Json.Nodes;
using static Trainyard.Service.Tests.Results.HeldRuns;

namespace Trainyard.Service.Tests.Results;

[Trait("Needs", "database")]
public sealed class MetricsTests(DatabaseServer server)
{
    [Fact]
    public async Task Metrics_ShortCurves_AreSentPointByPoint()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        await app.AppendAsync(id, Epoch(1, 0.5), Epoch(2, 0.6));

        var points = await PointsAsync(app, $"/api/v1/runs/{id}/metrics?metric=validation_accuracy");

        Assert.Equal("""{"epoch":2,"step":20,"value":0.6,"seconds":4,"min":null,"max":null}""", points[1].ToJsonString());
        Assert.Equal(2, points.Count);
    }

    [Fact]
    public async Task Metrics_LongCurves_AreBucketsThatLoseNoPeakAndEndWithTheNewest()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        // A peak and a value that is not finite in the middle of a bucket.
        await app.AppendAsync(id, [.. Enumerable.Range(1, 95).Select(epoch => Epoch(epoch, epoch switch { 13 => 0.99, 14 => null, _ => epoch / 1000.0 }))]);

        var points = await PointsAsync(app, $"/api/v1/runs/{id}/metrics?points=10&metric=validation_accuracy");

        Assert.Equal([10, 20, 30, 40, 50, 60, 70, 80, 90, 95], points.Select(point => point["epoch"]!.GetValue<int>()));
        Assert.Equal("""{"epoch":20,"step":200,"value":0.02,"seconds":40,"min":0.011,"max":0.99}""", points[1].ToJsonString());
        Assert.Equal(0.095, points[^1]["value"]!.GetValue<double>());
    }

    [Fact]
    public async Task Metrics_WithoutAFilter_AreAllInTheirOrder()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        await app.AppendAsync(id, Epoch(1));

        var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/metrics");

        Assert.Equal(
            ["train_loss", "train_accuracy", "validation_loss", "validation_accuracy", "learning_rate", "images_per_second"],
            page!["series"]!.AsArray().Select(series => series!["metric"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("points=1", "points")]
    [InlineData("points=10001", "points")]
    [InlineData("metric=f1", "metric")]
    public async Task Metrics_OfBadParameters_AreRefused(string query, string parameter)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();

        var answer = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/metrics?{query}");

        Api.IsProblem(answer, HttpStatusCode.BadRequest, "bad-parameter");
        Assert.Equal(parameter, answer.Body!["parameter"]!.GetValue<string>());
    }

    [Fact]
    public async Task Csv_OfARun_HasARowForEachEpoch()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        await app.AppendAsync(id, Epoch(1, 0.5, 1.25), Epoch(2, null));

        var response = await app.Http.GetAsync($"/api/v1/runs/{id}/metrics.csv", TestContext.Current.CancellationToken);

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            "epoch,step,seconds,train_loss,train_accuracy,validation_loss,validation_accuracy,learning_rate,images_per_second\r\n"
            + "1,10,2,1,0.5,1.25,0.5,0.1,100\r\n2,20,4,0.5,0.5,1,,0.1,100\r\n",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("metrics")]
    [InlineData("metrics.csv")]
    public async Task Metrics_OfNoRun_AreAProblem(string path)
    {
        await using var app = await TestApp.StartAsync(server);

        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/{Guid.CreateVersion7()}/{path}"), HttpStatusCode.NotFound, "unknown-run");
    }

    private static async Task<List<JsonNode>> PointsAsync(TestApp app, string path)
    {
        var (status, page, _) = await app.Http.GetJsonAsync(path);
        Assert.Equal(HttpStatusCode.OK, status);
        return [.. Assert.Single(page!["series"]!.AsArray())!["points"]!.AsArray().Select(point => point!)];
    }
}

using System.Net;
using System.Text.Json.Nodes;

namespace Trainyard.Service.Tests.Datasets;

[Trait("Needs", "database")]
public sealed class DatasetPreviewTests(DatabaseServer server)
{
    private const string Path = "/api/v1/specs/preview";

    [Fact]
    public async Task Preview_OfPoints_HasTheSplitAndLabelsOfARun()
    {
        await using var app = await StartAsync();

        var (status, preview, _) = await app.Http.PostJsonAsync(Path, """{ "data": { "dataset": "xor", "validationFraction": 0.25 } }""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((300, 100, 200), Sizes(preview!));
        Assert.Empty(preview!["images"]!.AsArray());
        var points = preview["points"]!.AsArray();
        Assert.Equal(400, points.Count);
        Assert.Equal(100, points.Count(point => point!["validation"]!.GetValue<bool>()));
        Assert.All(points, point => Assert.Equal(Math.Round(Number(point, "x")) != Math.Round(Number(point, "y")) ? 1 : 0, (int)Number(point, "label")));
    }

    [Fact]
    public async Task Preview_OfImages_HasSixteenOfAllClassesAndMarksWrongLabels()
    {
        await using var app = await StartAsync();

        var (_, preview, _) = await app.Http.PostJsonAsync(
            Path, """{ "data": { "dataset": { "name": "shapes", "trainSamples": 1000 }, "validationFraction": 0.1, "labelNoise": 0.5 } }""");

        Assert.Equal((900, 100, 2000), Sizes(preview!));
        var images = preview!["images"]!.AsArray();
        Assert.Equal(16, images.Count);
        Assert.Equal(Enumerable.Range(0, 10).Concat(Enumerable.Range(0, 6)), images.Select(image => (int)Number(image, "trueLabel")));
        Assert.Contains(images, image => Number(image, "label") != Number(image, "trueLabel"));
        Assert.All(images, image => Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], Convert.FromBase64String(image!["png"]!.GetValue<string>())[..4]));
        Assert.Equal("disc", preview["classNames"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Preview_AskedAgain_IsReadFromTheDataFolder()
    {
        await using var app = await StartAsync();
        await app.Http.PostJsonAsync(Path, """{ "data": { "dataset": "moons" } }""");
        var kept = Assert.Single(Directory.GetFiles(System.IO.Path.Combine(app.DataDir, "previews")));
        var json = await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(kept, json.Replace("\"testSamples\":200", "\"testSamples\":123", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        // The same settings in other words.
        var (_, again, _) = await app.Http.PostJsonAsync(Path, """{ "data": { "dataset": { "name": "moons" }, "seed": 1 }, "model": { "kind": "mlp" } }""");

        Assert.Equal(123, (int)Number(again, "testSamples"));
    }

    [Fact]
    public async Task Preview_OfADatasetThatIsNotThere_NamesTheFolderAndDownloadsNothing()
    {
        using var datasets = new TemporaryFolder();
        await using var app = await StartAsync(("Trainer:Datasets", datasets.Path));

        var answer = await app.Http.PostJsonAsync(Path, """{ "data": { "dataset": "mnist" } }""");

        Api.IsProblem(answer, HttpStatusCode.Conflict, "dataset-not-downloaded");
        Assert.Equal("dataset_not_downloaded", answer.Body!["code"]!.GetValue<string>());
        Assert.Equal(datasets.File("mnist"), answer.Body["arguments"]!["folder"]!.GetValue<string>());
        Assert.Contains(datasets.File("mnist"), answer.Body["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(datasets.Path));
    }

    [Fact]
    public async Task Preview_OfAnInvalidDataSection_ReportsItsFindingsWithPointersIntoTheSpec()
    {
        await using var app = await StartAsync();

        var answer = await app.Http.PostJsonAsync(Path, """{ "data": { "dataset": "moon", "validationFraction": 2 } }""");

        Api.IsProblem(answer, HttpStatusCode.UnprocessableEntity, "invalid-spec");
        Assert.Equal(
            ["/data/dataset", "/data/validationFraction"],
            answer.Body!["findings"]!.AsArray().Select(finding => finding!["pointer"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Api.IsProblem(await app.Http.PostJsonAsync(Path, "{"), HttpStatusCode.BadRequest, "not-json");
        Api.IsProblem(await app.Http.PostJsonAsync(Path, "[]"), HttpStatusCode.UnprocessableEntity, "invalid-spec");
        Api.IsProblem(await app.Http.PostJsonAsync(Path, "{}"), HttpStatusCode.UnprocessableEntity, "invalid-spec");
    }

    [Fact]
    public async Task Preview_WithoutATrainer_SaysSo()
    {
        await using var app = await StartAsync(("Trainer:Path", "/nowhere/trainer"));

        var answer = await app.Http.PostJsonAsync(Path, """{ "data": { "dataset": "xor" } }""");

        Api.IsProblem(answer, HttpStatusCode.ServiceUnavailable, "trainer-unavailable");
        // A preview trains nothing.
        Assert.Equal("The trainer cannot be used here.", (string?)answer.Body!["title"]);
    }

    private Task<TestApp> StartAsync(params (string Key, string Value)[] settings) =>
        TestApp.StartAsync(server, "api", [("Trainer:Path", Repository.Trainer), .. settings]);

    private static double Number(JsonNode? node, string member) => node![member]!.GetValue<double>();

    private static (int Train, int Validation, int Test) Sizes(JsonNode preview) =>
        ((int)Number(preview, "trainSamples"), (int)Number(preview, "validationSamples"), (int)Number(preview, "testSamples"));
}

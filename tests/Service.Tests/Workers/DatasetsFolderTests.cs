using System.Net;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Workers;

/// <summary>All trainers look for datasets in one folder, whatever folder they start in.</summary>
[Trait("Needs", "database")]
public sealed class DatasetsFolderTests(DatabaseServer server) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Trainer:Datasets", "sets")]
    [InlineData("Datasets:Folder", "sets")]
    [InlineData("Trainer:Datasets", "")]
    public async Task Trainers_OfAPreviewAndARun_GetTheSameAbsoluteFolderOrNone(string setting, string value)
    {
        var (trainer, arguments) = (folder.File("trainer"), folder.File("arguments"));
        File.Copy(Repository.FaultyTrainer, trainer); // for its mode: it is executable
        await File.WriteAllTextAsync(trainer, $"#!/bin/sh\necho \"$@\" >> {arguments}\nexec {Repository.Trainer} \"$@\"\n", Cancellation);
        await using var app = await TestApp.StartAsync(
            server, "all", [("Trainer:Path", trainer), ("Worker:StartAheadSeconds", "0"), ("Datasets:Folder", ""), (setting, value)]);

        Assert.Equal(HttpStatusCode.OK, (await app.Http.PostJsonAsync("/api/v1/specs/preview", """{ "data": { "dataset": "xor" } }""")).Status);
        await TestRuns.WaitAsync(app.DataSource, await app.Http.SubmitAsync(), Waiting.Soon, "succeeded");

        var given = value.Length == 0 ? null : Path.GetFullPath(value);
        Assert.Equal(
            [("preview", given), ("train", given)],
            (await File.ReadAllLinesAsync(arguments, Cancellation)).Select(line => line.Split(' '))
                .Where(words => words[0] is "preview" or "train")
                .Select(words => (words[0], words.Contains("--datasets") ? words[Array.IndexOf(words, "--datasets") + 1] : null)));
    }
}

using System.Net;
using System.Text.Json;
using Trainyard.Service.Tests.Queue;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

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
        var (trainer, arguments, orders) = (folder.File("trainer"), folder.File("arguments"), folder.File("orders"));
        File.Copy(Repository.FaultyTrainer, trainer); // for its mode: it is executable
        await File.WriteAllTextAsync(trainer, $"""
            #!/bin/sh
            if [ "$1" = wait ]; then tee -a {orders} | {Repository.Trainer} wait; exit; fi
            echo "$@" >> {arguments}
            exec {Repository.Trainer} "$@"

            """, Cancellation);
        await using var app = await TestApp.StartAsync(
            server, "all", [("Trainer:Path", trainer), ("Datasets:Folder", ""), (setting, value)]);

        Assert.Equal(HttpStatusCode.OK, (await app.Http.PostJsonAsync("/api/v1/specs/preview", """{ "data": { "dataset": "xor" } }""")).Status);
        await TestRuns.WaitAsync(app.DataSource, await app.Http.SubmitAsync(), Waiting.Soon, "succeeded");

        var given = value.Length == 0 ? null : Path.GetFullPath(value);
        var preview = (await File.ReadAllLinesAsync(arguments, Cancellation)).Select(line => line.Split(' ')).Single(words => words[0] == "preview");
        var order = (await File.ReadAllLinesAsync(orders, Cancellation)).Where(line => line.StartsWith('{')).Select(line => JsonSerializer.Deserialize<TrainerOrder>(line, SpecJson.Options)!).Single();
        Assert.Equal((given, given), (Datasets(preview), Datasets([.. order.Arguments])));
    }

    private static string? Datasets(string[] arguments) => arguments.Contains("--datasets") ? arguments[Array.IndexOf(arguments, "--datasets") + 1] : null;
}

using System.CommandLine;
using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Observation;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Commands;

/// <summary>
/// <c>trainer preview</c>: some samples of the dataset of a spec, as one JSON object (<see cref="DatasetPreview"/>). The spec is read from standard input; only
/// its data section matters. Nothing is downloaded, and the tensor engine is not loaded.
/// </summary>
internal static class PreviewCommand
{
    public static Command Create()
    {
        var datasets = TrainCommand.DatasetsOption("nothing is downloaded");
        TrainCommand.RefuseEmpty(datasets);
        var command = new Command("preview", "Reads a spec from standard input and prints samples of its dataset as a JSON object.") { datasets };
        command.SetAction((arguments, cancellation) => RunAsync(new DatasetLocations { Folder = Path.GetFullPath(arguments.GetRequiredValue(datasets)) }, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(DatasetLocations places, CancellationToken cancellation)
    {
        using var document = new MemoryStream();
        await using (var input = Console.OpenStandardInput())
        {
            await input.CopyToAsync(document, cancellation);
        }

        var reading = SpecReader.ReadData(document.ToArray());
        foreach (var finding in reading.Findings)
        {
            await Console.Error.WriteLineAsync(TrainCommand.Describe(finding));
        }

        if (reading.Data is not { } data)
        {
            return TrainerExitCode.InvalidInput;
        }

        try
        {
            var dataset = await new DatasetLoader(places, downloader: null).LoadAsync(data.Dataset, new RunSeed(data.Seed), cancellation);
            Print(SamplePreview.Of(dataset, data));
            return TrainerExitCode.Finished;
        }
        catch (RunFailureException failure)
        {
            // The reason is for the program that asked, and for a person at the terminal.
            Print<RunEvent>(failure.ToEvent());
            await Console.Error.WriteLineAsync(failure.Message);
            return TrainerExitCode.Failed;
        }
    }

    private static void Print<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value, SpecJson.Options));
}

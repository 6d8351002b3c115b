using System.CommandLine;
using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Forward;
using Trainyard.Specs.Json;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Inspection;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Commands;

/// <summary>
/// <c>trainer forward</c>: a forward pass through a trained network, as one JSON object (<see cref="ForwardPass"/>). The request (<see cref="ForwardRequest"/>) is
/// read from standard input. Nothing is downloaded.
/// </summary>
internal static class ForwardCommand
{
    public static Command Create()
    {
        var checkpoint = new Option<FileInfo>("--checkpoint") { Description = "Checkpoint with the weights; its header has the spec.", Required = true };
        var datasets = TrainCommand.DatasetsOption("nothing is downloaded");
        TrainCommand.RefuseEmpty(checkpoint, datasets);
        var command = new Command("forward", "Reads a request from standard input and prints a forward pass through a trained network as a JSON object.") { checkpoint, datasets };
        command.SetAction((arguments, cancellation) => RunAsync(
            arguments.GetRequiredValue(checkpoint).FullName, Path.GetFullPath(arguments.GetRequiredValue(datasets)), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string checkpoint, string datasets, CancellationToken cancellation)
    {
        try
        {
            ForwardRequest request;
            await using (var input = Console.OpenStandardInput())
            {
                request = await JsonSerializer.DeserializeAsync<ForwardRequest>(input, SpecJson.Options, cancellation) ?? throw new JsonException("it is null");
            }

            Engine.Load(threads: 1);
            var loader = new DatasetLoader(new DatasetLocations { Folder = datasets }, downloader: null);
            using var trained = await TrainedNetwork.LoadAsync(checkpoint, loader, cancellation);
            Print(ForwardInspection.Show(trained, request));
            return TrainerExitCode.Finished;
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return TrainerExitCode.Usage;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The checkpoint cannot be used: {exception.Message}");
            return TrainerExitCode.InvalidInput;
        }
        catch (Exception exception) when (RunFailureException.From(exception) is { } failure)
        {
            Print<RunEvent>(failure.ToEvent());
            await Console.Error.WriteLineAsync(failure.Message);
            return TrainerExitCode.Failed;
        }
    }

    private static void Print<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value, SpecJson.Options));
}

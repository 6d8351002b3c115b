using System.CommandLine;
using System.Text;
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
/// <c>trainer forward</c>: shows forward passes through a trained network. Requests (<see cref="InspectionRequest"/>) are JSON lines on standard input, and each has
/// one answer (<see cref="InspectionAnswer"/>) on standard output. Ends with its input; nothing is downloaded or stored.
/// </summary>
internal static class ForwardCommand
{
    public static Command Create()
    {
        var checkpoint = new Option<FileInfo>("--checkpoint") { Description = "Checkpoint with the weights; its header has the spec.", Required = true };
        var datasets = TrainCommand.DatasetsOption("nothing is downloaded");
        TrainCommand.RefuseEmpty(checkpoint, datasets);
        var command = new Command("forward", "Shows forward passes through a trained network: reads requests from standard input and answers on standard output, both as JSON lines.")
        {
            checkpoint, datasets,
        };
        command.SetAction((arguments, cancellation) => RunAsync(
            arguments.GetRequiredValue(checkpoint).FullName, Path.GetFullPath(arguments.GetRequiredValue(datasets)), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string checkpoint, string datasets, CancellationToken cancellation)
    {
        try
        {
            await using var output = StandardOutput.Open();
            using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
            try
            {
                Engine.Load(threads: 1);
                var loader = new DatasetLoader(new DatasetLocations { Folder = datasets }, downloader: null);
                using var trained = await TrainedNetwork.LoadAsync(checkpoint, loader, cancellation);
                var inspection = new ForwardInspection(trained, TimeProvider.System);
                while (await input.ReadLineAsync(cancellation) is { } line)
                {
                    var request = JsonSerializer.Deserialize<InspectionRequest>(line, SpecJson.Options) ?? throw new JsonException("A request is an object, not null.");
                    Answer(output, Handle(inspection, request));
                }

                return TrainerExitCode.Finished;
            }
            catch (Exception exception) when (exception is not OutputException && RunFailureException.From(exception) is { } failure)
            {
                // The answer to the first request.
                Answer(output, new InspectionFailure { Failure = failure.ToEvent() });
                await Console.Error.WriteLineAsync(failure.Message);
                return TrainerExitCode.Failed;
            }
        }
        catch (JsonException exception)
        {
            await Console.Error.WriteLineAsync($"Not a request: {exception.Message}");
            return TrainerExitCode.InvalidInput;
        }
        catch (Exception exception) when (exception is InvalidDataException or UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            await Console.Error.WriteLineAsync($"The checkpoint cannot be used: {exception.Message}");
            return TrainerExitCode.InvalidInput;
        }
        catch (Exception exception) when (exception is IOException or OutputException)
        {
            await Console.Error.WriteLineAsync($"The forward passes end: {exception.Message}");
            return TrainerExitCode.OutputNotWritable;
        }
    }

    private static InspectionAnswer Handle(ForwardInspection inspection, InspectionRequest request)
    {
        try
        {
            return request switch
            {
                PassRequest pass => new PassAnswer { Pass = inspection.Show(pass.Forward) },
                SamplesRequest samples => new SamplesAnswer { Samples = inspection.List(samples) },
                _ => throw new JsonException($"There is no request {request.GetType().Name}."),
            };
        }
        catch (InspectionRefusedException refused)
        {
            return new InspectionRefusal { Message = refused.Message };
        }
    }

    private static void Answer(Stream output, InspectionAnswer answer) =>
        output.Write([.. JsonSerializer.SerializeToUtf8Bytes(answer, SpecJson.Options), (byte)'\n']);
}

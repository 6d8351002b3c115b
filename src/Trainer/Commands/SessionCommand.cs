using System.CommandLine;
using System.Text;
using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Sessions;
using Trainyard.Specs.Json;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Sessions;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Commands;

/// <summary>
/// <c>trainer session</c>: trains by request. Requests (<see cref="SessionRequest"/>) are JSON lines on standard input, and each has one answer
/// (<see cref="SessionAnswer"/>) on standard output. Ends with its input; nothing is downloaded or stored.
/// </summary>
internal static class SessionCommand
{
    public static Command Create()
    {
        var datasets = TrainCommand.DatasetsOption("nothing is downloaded");
        TrainCommand.RefuseEmpty(datasets);
        var threads = TrainCommand.ThreadsOption(byDefault: 1);
        var command = new Command("session", "Trains by request: reads requests from standard input and answers on standard output, both as JSON lines.") { datasets, threads };
        command.SetAction(arguments => Run(Path.GetFullPath(arguments.GetRequiredValue(datasets)), arguments.GetValue(threads)));
        return command;
    }

    private static int Run(string datasets, int threads)
    {
        try
        {
            Engine.Load(threads);
            using var session = new TrainingSession(new DatasetLoader(new DatasetLocations { Folder = datasets }, downloader: null));
            using var output = StandardOutput.Open();
            using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
            while (input.ReadLine() is { } line)
            {
                var request = JsonSerializer.Deserialize<SessionRequest>(line, SpecJson.Options) ?? throw new JsonException("A request is an object, not null.");
                var answer = JsonSerializer.SerializeToUtf8Bytes(session.Handle(request), SpecJson.Options);
                output.Write([.. answer, (byte)'\n']);
            }

            return TrainerExitCode.Finished;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            Console.Error.WriteLine($"Not a request: {exception.Message}");
            return TrainerExitCode.InvalidInput;
        }
        catch (Exception exception) when (exception is IOException or OutputException)
        {
            Console.Error.WriteLine($"The session ends: {exception.Message}");
            return TrainerExitCode.OutputNotWritable;
        }
        catch (DllNotFoundException exception)
        {
            Console.Error.WriteLine(RunFailureException.From(exception)!.Message);
            return TrainerExitCode.Failed;
        }
    }
}

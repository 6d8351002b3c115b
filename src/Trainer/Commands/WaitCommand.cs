using System.CommandLine;
using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Trainer.Commands;

/// <summary>
/// <c>trainer wait</c>: a trainer that is started ahead. It loads the engine, rehearses, and waits for a line on standard input, a <see cref="TrainerOrder"/>. It does
/// that one command as a process that was started for it would, and ends. Where standard input ends first, there is nothing to do.
/// </summary>
internal static class WaitCommand
{
    /// <param name="invoke">Carries out a command line.</param>
    public static Command Create(Func<IReadOnlyList<string>, int> invoke)
    {
        var threads = TrainCommand.ThreadsOption();
        var command = new Command("wait", "Loads the engine, then carries out one command, whose arguments are read from standard input.") { threads };
        command.SetAction(arguments =>
        {
            Rehearsal.Run(arguments.GetValue(threads));
            return Console.In.ReadLine() is { } line ? CarryOut(line, invoke) : TrainerExitCode.Finished;
        });
        return command;
    }

    private static int CarryOut(string line, Func<IReadOnlyList<string>, int> invoke)
    {
        try
        {
            var order = JsonSerializer.Deserialize<TrainerOrder>(line, SpecJson.Options) ?? throw new JsonException("It is null.");
            Directory.SetCurrentDirectory(order.Directory);
            return invoke(order.Arguments);
        }
        catch (JsonException exception)
        {
            Console.Error.WriteLine($"The line on standard input is no order: {exception.Message}");
            return TrainerExitCode.Usage;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The folder of the order cannot be used: {exception.Message}");
            return TrainerExitCode.NoInput;
        }
    }
}

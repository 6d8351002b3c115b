using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Trainer.Setup;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Commands;

/// <summary>
/// <c>trainer wait</c>: carries out one command after the other, each a line on standard input, a <see cref="TrainerOrder"/>, as a process that was started for it
/// would; so all but the first find the engine loaded and the code compiled. It ends with its input, on a signal, and when a command cannot be carried out.
/// </summary>
internal static class WaitCommand
{
    /// <param name="invoke">Carries out a command line.</param>
    public static Command Create(Func<IReadOnlyList<string>, int> invoke)
    {
        var command = new Command("wait", "Carries out one command after the other; their arguments are read from standard input, and the end of each is marked on both outputs.");
        command.SetAction(_ => Run(invoke));
        return command;
    }

    // Returns the exit code of the last command; where a signal ends the waiting, that of a stop: a command that was on its way is not carried out.
    private static int Run(Func<IReadOnlyList<string>, int> invoke)
    {
        Engine.BeginLoad();
        LeaveFolder();
        using var signal = new CancellationTokenSource();
        using var interrupted = Listen(PosixSignal.SIGINT, signal);
        using var terminated = Listen(PosixSignal.SIGTERM, signal);
        var exitCode = TrainerExitCode.Finished;
        while (NextOrder(signal.Token) is { } order)
        {
            exitCode = CarryOut(order, invoke);
            if (signal.IsCancellationRequested || exitCode is not (TrainerExitCode.Finished or TrainerExitCode.Stopped or TrainerExitCode.Failed))
            {
                return exitCode;
            }

            LeaveFolder();
            MarkEnd(exitCode);
            Setup.NativeMemory.Release();
        }

        return signal.IsCancellationRequested ? TrainerExitCode.Stopped : exitCode;
    }

    // That of a run may be deleted, and that of the service may not be for this user to enter.
    private static void LeaveFolder() => Directory.SetCurrentDirectory(Path.GetPathRoot(AppContext.BaseDirectory)!);

    private static PosixSignalRegistration Listen(PosixSignal kind, CancellationTokenSource signal) => PosixSignalRegistration.Create(kind, context =>
    {
        context.Cancel = true;
        signal.Cancel();
    });

    // Null: there is none any more.
    private static string? NextOrder(CancellationToken signal)
    {
        try
        {
            signal.ThrowIfCancellationRequested();
            while (InputLines.Standard.Take(signal) is { } line)
            {
                // What was written to a run at the moment of its end.
                if (line is not ("stop" or "pause") && !line.StartsWith("lease ", StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The same as the end of the input.
        }

        return null;
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

    private static void MarkEnd(int exitCode)
    {
        Console.Out.Write(string.Create(CultureInfo.InvariantCulture, $"{TrainerOrder.EndMark}{exitCode}\n"));
        Console.Out.Flush();
        Console.Error.Write(TrainerOrder.EndMark);
        Console.Error.Flush();
    }
}

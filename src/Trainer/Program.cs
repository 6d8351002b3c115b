using Trainyard.Specs.Events;
using System.CommandLine;
using Trainyard.Trainer.Commands;

var root = new RootCommand("Trains one network from an experiment spec.") { TrainCommand.Create(), PreviewCommand.Create(), LabCommand.Create(), SessionCommand.Create(), ForwardCommand.Create(), InfoCommand.Create(), MeasureCommand.Create() };
root.Add(WaitCommand.Create(Invoke));
return ProcessEnd.Leave(Invoke(args));

int Invoke(IReadOnlyList<string> commandLine)
{
    var arguments = root.Parse(commandLine);
    if (arguments.Errors.Count > 0)
    {
        foreach (var error in arguments.Errors)
        {
            Console.Error.WriteLine(error.Message);
        }

        return TrainerExitCode.Usage;
    }

    try
    {
        // The library must not end the process on a signal: it is a request to stop at the next step.
        return arguments.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }
    catch (Exception exception)
    {
        Console.Error.WriteLine($"Unexpected error (please report it): {exception}");
        return TrainerExitCode.UnexpectedError;
    }
}

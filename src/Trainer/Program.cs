using System.CommandLine;
using Trainyard.Trainer.Commands;

var root = new RootCommand("Trains one network from an experiment spec.") { TrainCommand.Create(), InfoCommand.Create() };
var arguments = root.Parse(args);
if (arguments.Errors.Count > 0)
{
    foreach (var error in arguments.Errors)
    {
        Console.Error.WriteLine(error.Message);
    }

    return ExitCode.Usage;
}

try
{
    // Signals are requests to stop at the next step, so the library must not end the process for them.
    return arguments.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (Exception exception)
{
    Console.Error.WriteLine($"The trainer crashed, which is a defect: {exception}");
    return ExitCode.Defect;
}

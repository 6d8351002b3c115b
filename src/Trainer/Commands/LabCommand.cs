using System.CommandLine;
using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Labs;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Labs;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Commands;

/// <summary>
/// <c>trainer lab</c>: reads the request of a lab from standard input and prints its result as one JSON object; a failure is printed as a
/// <see cref="FailedEvent"/>.
/// </summary>
internal static class LabCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "Name of the lab; a wrong one is answered with all names." };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && LabCatalog.Find(token.Value) is null)
            {
                result.AddError($"There is no lab '{token.Value}'. One of {string.Join(", ", LabCatalog.All.Select(lab => lab.Name))}.");
            }
        });
        var command = new Command("lab", "Reads the request of a lab from standard input and prints its result as a JSON object.") { name };
        command.SetAction((arguments, cancellation) => RunAsync(LabCatalog.Find(arguments.GetRequiredValue(name))!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(LabDefinition lab, CancellationToken cancellation)
    {
        using var document = new MemoryStream();
        await using (var input = Console.OpenStandardInput())
        {
            await input.CopyToAsync(document, cancellation);
        }

        var reading = lab.Read(document.ToArray());
        foreach (var finding in reading.Findings)
        {
            await Console.Error.WriteLineAsync(TrainCommand.Describe(finding));
        }

        if (reading.Request is not { } request)
        {
            return TrainerExitCode.InvalidInput;
        }

        try
        {
            // One thread: the tensors are small, and it leaves the cores to training.
            Engine.Load(threads: 1);
            Console.WriteLine(JsonSerializer.Serialize(LabRunner.Run(request, TimeProvider.System), lab.Result, SpecJson.Options));
            return TrainerExitCode.Finished;
        }
        catch (Exception exception) when (RunFailureException.From(exception) is { } failure)
        {
            Console.WriteLine(JsonSerializer.Serialize<RunEvent>(failure.ToEvent(), SpecJson.Options));
            await Console.Error.WriteLineAsync(failure.Message);
            return TrainerExitCode.Failed;
        }
    }
}

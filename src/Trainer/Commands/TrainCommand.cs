using System.CommandLine;
using System.Globalization;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Validation;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Commands;

/// <summary><c>trainer train</c>: trains one spec; events go to standard output, requests come from standard input.</summary>
internal static class TrainCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var spec = new Option<FileInfo>("--spec") { Description = "The experiment spec, a JSON file.", Required = true };
        var outFolder = new Option<DirectoryInfo>("--out") { Description = "Folder of the run; checkpoints are kept in it.", Required = true };
        var resume = new Option<bool>("--resume") { Description = "Continue from the newest intact checkpoint, if there is one." };
        var known = new Option<long?>("--known-step")
        {
            Description = "With --resume: the step of the newest checkpoint whose event was received, 0 if none was. Later ones are passed over, so that no event goes missing.",
        };
        var weights = new Option<FileInfo>("--weights") { Description = "A checkpoint of the same network; training starts from its weights." };
        var supervised = new Option<bool>("--supervised") { Description = "Treat the end of standard input as a request to stop." };
        var threads = new Option<int>("--threads")
        {
            Description = "Threads of one operation; all processors unless given.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var datasets = new Option<string>("--datasets")
        {
            Description = "Folder with a folder per dataset, looked at before /usr/share/datasets; missing files are downloaded into it.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Datasets__Folder") is { Length: > 0 } folder ? folder : DatasetPlaces.DefaultFolder,
        };
        var mirror = new Option<string?>("--mirror")
        {
            Description = "Address with a folder per dataset, used instead of the publishers'.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Datasets__Mirror"),
        };
        var checkpointSeconds = new Option<double>("--checkpoint-seconds")
        {
            Description = "Shortest time between checkpoints while training.",
            DefaultValueFactory = _ => 10,
        };
        threads.Validators.Add(result =>
        {
            // What is not a number at all, the parser itself reports.
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number is < 1 or > 1024)
            {
                result.AddError("--threads is a number from 1 to 1024.");
            }
        });
        checkpointSeconds.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number is not (>= 0 and <= 86_400))
            {
                result.AddError("--checkpoint-seconds is a number from 0 to 86400.");
            }
        });

        mirror.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { Length: > 0 } address && MirrorOf(address) is null)
            {
                result.AddError($"--mirror (or Datasets__Mirror) is '{address}'; it is an http or https address.");
            }
        });

        var command = new Command("train", "Trains a network from a spec and writes what happens as JSON lines to standard output.")
        {
            spec, outFolder, resume, known, weights, supervised, threads, datasets, mirror, checkpointSeconds,
        };
        command.SetAction(arguments => Run(
            arguments.GetRequiredValue(spec).FullName,
            arguments.GetValue(supervised),
            new TrainOptions
            {
                OutFolder = arguments.GetRequiredValue(outFolder).FullName,
                Resume = arguments.GetValue(resume),
                KnownStep = arguments.GetValue(known),
                Weights = arguments.GetValue(weights)?.FullName,
                Threads = arguments.GetValue(threads),
                Datasets = new DatasetPlaces
                {
                    Folder = Path.GetFullPath(arguments.GetRequiredValue(datasets)),
                    Mirror = MirrorOf(arguments.GetValue(mirror)),
                },
                CheckpointInterval = TimeSpan.FromSeconds(arguments.GetValue(checkpointSeconds)),
            }));
        return command;
    }

    private static Uri? MirrorOf(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;

    private static int Run(string specPath, bool supervised, TrainOptions options)
    {
        byte[] document;
        try
        {
            document = File.ReadAllBytes(specPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The spec cannot be read: {exception.Message}");
            return ExitCode.Usage;
        }

        var reading = SpecReader.Read(document);
        foreach (var finding in reading.Findings)
        {
            Console.Error.WriteLine(Describe(finding));
        }

        if (!reading.IsValid)
        {
            return ExitCode.Usage;
        }

        using var stop = new StopSignal();
        stop.ListenToSignals();
        stop.ListenTo(Console.In, supervised);
        using var output = Console.OpenStandardOutput();
        var run = new TrainingRun(reading.Spec, reading.Plan, options, new EventWriter(output, TimeProvider.System), stop, TimeProvider.System);
        try
        {
            return run.Run() switch
            {
                RunEnd.Finished => ExitCode.Finished,
                RunEnd.Stopped => ExitCode.Stopped,
                _ => ExitCode.Failed,
            };
        }
        catch (UnusableCheckpointException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCode.Usage;
        }
    }

    private static string Describe(SpecFinding finding)
    {
        var severity = finding.Severity == FindingSeverity.Error ? "error" : "warning";
        var pointer = finding.Pointer.Length == 0 ? "(document)" : finding.Pointer;
        return $"{severity} {pointer}: {finding.Message} Found: {finding.Found ?? "nothing"}. Allowed: {finding.Allowed}. {finding.Fix}";
    }
}

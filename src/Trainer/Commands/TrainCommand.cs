using System.CommandLine;
using System.Globalization;
using Trainyard.Specs.Events;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Setup;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Commands;

/// <summary><c>trainer train</c>: trains one spec. Events are written to standard output; <c>stop</c>, <c>pause</c> and leases are read from standard input.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var spec = new Option<FileInfo>("--spec") { Description = "Experiment spec (JSON file).", Required = true };
        var outFolder = new Option<DirectoryInfo>("--out") { Description = "Output folder of the run, with its checkpoints; created if it does not exist.", Required = true };
        var resume = new Option<bool>("--resume") { Description = "Continue from the newest intact checkpoint in the output folder, if there is one." };
        var known = new Option<long?>("--known-step")
        {
            Description = "With --resume: step of the newest checkpoint whose event was stored, 0 if none was. Later checkpoints are ignored, so that no event is lost.",
        };
        var weights = new Option<FileInfo>("--weights") { Description = "Checkpoint of the same network, whose weights are the initial ones." };
        var supervised = new Option<bool>("--supervised") { Description = "Stop when standard input ends, and end at once when the lease of the last line 'lease TIME' is over (a timestamp of the monotonic clock)." };
        var threads = WithThreadsRange(new Option<int?>("--threads")
        {
            Description = "Threads per tensor operation (1 to 1024). Default: one for a network whose operations are too short for more, else --max-threads.",
        });
        var maxThreads = WithThreadsRange(new Option<int>("--max-threads")
        {
            Description = "The most threads per tensor operation where --threads is not given (1 to 1024).",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        });
        var datasets = DatasetsOption("missing datasets are downloaded to it");
        var mirror = new Option<string?>("--mirror")
        {
            Description = "Base address to download datasets from, instead of their publishers. Environment: Datasets__Mirror.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Datasets__Mirror"),
        };
        var checkpointSeconds = new Option<double>("--checkpoint-seconds")
        {
            Description = "Minimum seconds between checkpoints (0 to 86400).",
            DefaultValueFactory = _ => 10,
        };
        checkpointSeconds.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number is not (>= 0 and <= 86_400))
            {
                result.AddError("--checkpoint-seconds must be from 0 to 86400.");
            }
        });
        outFolder.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && File.Exists(token.Value))
            {
                result.AddError($"--out must be a folder; '{token.Value}' is a file.");
            }
        });
        mirror.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { Length: > 0 } address && MirrorOf(address) is null)
            {
                result.AddError($"--mirror (or Datasets__Mirror) must be an http or https address, not '{address}'.");
            }
        });

        RefuseEmpty(spec, outFolder, weights, datasets);

        var command = new Command("train", "Trains a network from a spec and writes events to standard output, as JSON lines.")
        {
            spec, outFolder, resume, known, weights, supervised, threads, maxThreads, datasets, mirror, checkpointSeconds,
        };
        command.SetAction(arguments => Run(
            arguments.GetRequiredValue(spec).FullName,
            arguments.GetValue(supervised),
            (read, plan) => new TrainOptions
            {
                OutFolder = arguments.GetRequiredValue(outFolder).FullName,
                Resume = arguments.GetValue(resume),
                KnownStep = arguments.GetValue(known),
                Weights = arguments.GetValue(weights)?.FullName,
                Threads = arguments.GetValue(threads) ?? OperationThreads.Decide(read, plan, arguments.GetValue(maxThreads)),
                Datasets = new DatasetLocations
                {
                    Folder = Path.GetFullPath(arguments.GetRequiredValue(datasets)),
                    Mirror = MirrorOf(arguments.GetValue(mirror)),
                },
                CheckpointInterval = TimeSpan.FromSeconds(arguments.GetValue(checkpointSeconds)),
            }));
        return command;
    }

    /// <summary>The option of the number of threads.</summary>
    /// <param name="byDefault">The number where none is given; null: that of the processors.</param>
    internal static Option<int> ThreadsOption(int? byDefault = null) => WithThreadsRange(new Option<int>("--threads")
    {
        Description = "Threads per tensor operation (1 to 1024).",
        DefaultValueFactory = _ => byDefault ?? Environment.ProcessorCount,
    });

    /// <summary>The option of the folder of datasets.</summary>
    internal static Option<string> DatasetsOption(string use) => new("--datasets")
    {
        Description = $"Folder of datasets, searched before /usr/share/datasets; {use}. Environment: Datasets__Folder.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Datasets__Folder") is { Length: > 0 } folder ? folder : DatasetLocations.DefaultFolder,
    };

    private static TOption WithThreadsRange<TOption>(TOption option)
        where TOption : Option
    {
        option.Validators.Add(result =>
        {
            // Text that is not a number is an error of the parser.
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number is < 1 or > 1024)
            {
                result.AddError($"{option.Name} must be from 1 to 1024.");
            }
        });
        return option;
    }

    // An empty text is no path.
    internal static void RefuseEmpty(params ReadOnlySpan<Option> options)
    {
        foreach (var option in options)
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens is [{ Value: "" }])
                {
                    result.AddError($"{option.Name} is empty.");
                }
            });
        }
    }

    private static Uri? MirrorOf(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;

    private static int Run(string specPath, bool supervised, Func<ExperimentSpec, ModelPlan, TrainOptions> optionsFor)
    {
        if (ReadSpec(specPath) is not { } document)
        {
            return TrainerExitCode.NoInput;
        }

        using var stop = new StopSignal();
        stop.ListenToSignals();
        using var watchdog = new LeaseWatchdog(TimeProvider.System, ProcessEnd.LeaseExpired);
        stop.ListenTo(InputLines.Standard, supervised, watchdog.Renew);

        // Not before: while a library is loaded, a thread that calls a system function for the first time waits for the same lock of the loader.
        Engine.BeginLoad();
        var reading = SpecReader.Read(document);
        foreach (var finding in reading.Findings)
        {
            Console.Error.WriteLine(Describe(finding));
        }

        if (!reading.IsValid)
        {
            return TrainerExitCode.InvalidInput;
        }

        try
        {
            // The end of a worker, which breaks the pipe, is the end of standard input too, and is handled as a request to stop.
            using var output = supervised ? Console.OpenStandardOutput() : StandardOutput.Open();
            var run = new TrainingRun(reading.Spec, reading.Plan, optionsFor(reading.Spec, reading.Plan), new EventWriter(output, TimeProvider.System), stop, TimeProvider.System);
            var end = run.Run();
            if (run.Failed is { } failed)
            {
                Console.Error.WriteLine(failed.Message);
            }

            return end switch
            {
                RunEnd.Finished => TrainerExitCode.Finished,
                RunEnd.Stopped => TrainerExitCode.Stopped,
                _ => run.Failed?.Class == FailureClass.Storage ? TrainerExitCode.NotWritable : TrainerExitCode.Failed,
            };
        }
        catch (UnusableCheckpointException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return TrainerExitCode.InvalidInput;
        }
        catch (OutputException exception)
        {
            Console.Error.WriteLine($"Events cannot be written to standard output: {exception.Message}");
            return TrainerExitCode.OutputNotWritable;
        }
        catch (FolderLockedException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return TrainerExitCode.FolderLocked;
        }
    }

    // At most one byte more than a spec may have. Null: it cannot be read, which was reported.
    private static byte[]? ReadSpec(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var document = new byte[SpecReader.MaximumBytes + 1];
            var length = file.ReadAtLeast(document, document.Length, throwOnEndOfStream: false);
            if (length <= SpecReader.MaximumBytes)
            {
                return document[..length];
            }

            Console.Error.WriteLine($"The spec {path} is too large: it may have at most {SpecReader.MaximumBytes} bytes.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            Console.Error.WriteLine($"The spec cannot be read: {exception.Message}");
        }

        return null;
    }

    internal static string Describe(SpecFinding finding)
    {
        var severity = finding.Severity == FindingSeverity.Error ? "error" : "warning";
        var pointer = finding.Pointer.Length == 0 ? "(document)" : finding.Pointer;
        return $"{severity} {pointer}: {finding.Message} Found: {finding.Found ?? "nothing"}. Allowed: {finding.Allowed}. {finding.Fix}";
    }
}

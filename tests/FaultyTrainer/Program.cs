using Trainyard.FaultyTrainer;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;

// Implements the trainer's protocol and violates it on request: crash, invalid output, hang, ignored requests. It trains nothing; whatever can be
// tested with the real trainer is. The commands are in the run's name, as in "steps=20 delay=50 fault=crash at=7".

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

if (args is ["info"])
{
    Console.WriteLine("""{"engine":"faulty","version":"1","cudaAvailable":false,"cudaDevices":0,"bfloat16":false,"threads":1}""");
    return 0;
}

if (args is ["measure", "--threads", var threads])
{
    // Two threads are 1.1, 1.2 and 1.9 times as fast as one.
    double[] speeds = threads == "1" ? [1000, 500, 100] : [1100, 600, 190];
    Console.WriteLine(JsonSerializer.Serialize(speeds.Select((speed, index) => new StepSpeed { Flops = Math.Pow(1000, index + 1), StepsPerSecond = speed }), SpecJson.Options));
    return 0;
}

if (args is not ["wait"])
{
    return 64;
}

using var orders = new BlockingCollection<(TrainerOrder Order, Requests Requests)>();
_ = Task.Run(() =>
{
    var requests = new Requests();
    while (Console.In.ReadLine() is { } line)
    {
        if (line.StartsWith('{'))
        {
            requests = new();
            orders.Add((JsonSerializer.Deserialize<TrainerOrder>(line, SpecJson.Options)!, requests));
        }
        else if (!line.StartsWith("lease ", StringComparison.Ordinal))
        {
            requests.Stop(line);
        }
    }

    orders.CompleteAdding();
    requests.Stop("stop");
});
var exitCode = 0;
var isReused = false;
foreach (var (order, requests) in orders.GetConsumingEnumerable())
{
    Directory.SetCurrentDirectory(order.Directory);
    exitCode = await TrainAsync(order.Arguments, requests);
    if (exitCode is not (0 or 1 or 10))
    {
        break;
    }

    isReused = true;
    Directory.SetCurrentDirectory("/");
    Console.Out.Write(string.Create(CultureInfo.InvariantCulture, $"{TrainerOrder.EndMark}{exitCode}\n"));
    Console.Error.Write(TrainerOrder.EndMark);
}

return exitCode;

async Task<int> TrainAsync(IReadOnlyList<string> arguments, Requests requests)
{
    string Argument(string name) => arguments[arguments.ToList().IndexOf(name) + 1];
    var folder = Argument("--out");
    var spec = ExperimentSpec.FromJson(await File.ReadAllTextAsync(Argument("--spec")));
    var commands = spec.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(command => command.Split('=')).ToDictionary(command => command[0], command => command.Length > 1 ? command[1] : "", StringComparer.Ordinal);
    int Number(string name, int other) => commands.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : other;

    var steps = Number("steps", 3);
    var delay = Number("delay", 10);
    var faultAt = Number("at", 1);
    var fault = commands.GetValueOrDefault("fault", "");
    if (commands.ContainsKey("once") && File.Exists(Path.Combine(folder, "failed-once")))
    {
        fault = "";
    }

    var output = Console.OpenStandardOutput();
    var seq = 0L;
    void Emit(RunEvent happened)
    {
        output.Write(JsonSerializer.SerializeToUtf8Bytes(new TrainerLine { Seq = ++seq, At = TimeProvider.System.GetUtcNow(), Event = happened }, SpecJson.Options));
        output.Write("\n"u8);
        output.Flush();
    }

    if (commands.TryGetValue("say", out var words))
    {
        await Console.Error.WriteLineAsync(words);
    }

    var checkpoint = Path.Combine(folder, "faulty-checkpoint");
    var from = arguments.Contains("--resume") && File.Exists(checkpoint) ? int.Parse(await File.ReadAllTextAsync(checkpoint), CultureInfo.InvariantCulture) : 0;
    if (fault == "locked")
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "failed-once"), "");
        return 11;
    }

    if (fault == "vanish" && isReused)
    {
        return 70;
    }

    if (fault == "refuse")
    {
        await Console.Error.WriteLineAsync("the spec is not to my taste");
        return 2;
    }

    Emit(new StartedEvent
    {
        Engine = "faulty 1", Device = "cpu", Threads = 1, Precision = Trainyard.Specs.Spec.Precision.Float32, TrainSamples = steps,
        ValidationSamples = 0, TestSamples = 0, StepsPerEpoch = steps, Epochs = 1, Parameters = 0, Layers = [], ResumedFromStep = from,
        Data = new DataIdentity { Dataset = "faulty", Fingerprint = new string('0', 64), ClassNames = [] },
    });
    for (var step = from + 1; step <= steps; step++)
    {
        try
        {
            await Task.Delay(delay, fault == "deaf" ? CancellationToken.None : requests.Token);
        }
        catch (OperationCanceledException)
        {
            Emit(new StoppedEvent { Request = requests.Kind, Epoch = 1, Step = step - 1 });
            return 10;
        }

        Emit(new ProgressEvent
        {
            Epoch = 1, Step = step, TotalSteps = steps, TrainLoss = 1.0 / step, TrainAccuracy = 0.5, ImagesPerSecond = 1, ElapsedSeconds = step, RemainingSeconds = null,
        });
        if (!commands.ContainsKey("forgetful"))
        {
            // It may be killed at any moment: the checkpoint is whole, as the real one's.
            await File.WriteAllTextAsync(checkpoint + ".new", step.ToString(CultureInfo.InvariantCulture));
            File.Move(checkpoint + ".new", checkpoint, overwrite: true);
        }

        if (step != faultAt)
        {
            continue;
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "failed-once"), "");
        switch (fault)
        {
            case "crash":
                await Console.Error.WriteLineAsync("native code went wrong here");
                output.Write("{\"seq\":99,\"at\":\"20"u8);
                output.Flush();
                Process.GetCurrentProcess().Kill();
                break;
            case "garbage":
                output.Write("onednn_verbose,info,oneDNN v2.6\n"u8);
                break;
            case "gap":
                seq++;
                break;
            case "endless":
                var garbage = new byte[1 << 16];
                Array.Fill(garbage, (byte)'x');
                while (true)
                {
                    output.Write(garbage);
                }

            case "silence" or "deaf":
                await Task.Delay(Timeout.Infinite);
                break;
            case "memory":
                // Half a gibibyte in steps.
                var blocks = new List<byte[]>();
                for (var i = 0; i < 64; i++)
                {
                    blocks.Add(new byte[8 << 20]);
                    Array.Fill(blocks[^1], (byte)1);
                }

                await Task.Delay(Timeout.Infinite);
                GC.KeepAlive(blocks);
                break;
            case "nothing":
                return 0;
            case "diverge":
                Emit(FailedEvent.From(
                    FailureClass.Diverged, RunMessageCode.LossNotFinite, ("value", "nan"), ("step", step), ("epoch", 1), ("lastLoss", null), ("learningRate", 0.1), ("decayFactor", null)) with { Epoch = 1, Step = step });
                return 1;
            case "nul":
                Emit(NoticeEvent.From(RunMessageCode.DownloadWaiting, ("path", "before \0 after")));
                break;
            case "full":
                Emit(FailedEvent.From(FailureClass.Storage, RunMessageCode.DiskFull, ("path", folder), ("detail", "No space left on device")));
                return 1;
            case "escape":
                await Console.Error.WriteLineAsync("\e[31mred\e[0m \u009b2J");
                return 9;
            case "quit":
                Emit(new StoppedEvent { Request = "stop", Epoch = 1, Step = step });
                return 10;
            default:
                break;
        }
    }

    Emit(new FinishedEvent { Epochs = 1, Steps = steps, Seconds = 1, BestEpoch = null, BestValidationAccuracy = null, TestLoss = null, TestAccuracy = null });
    return 0;
}

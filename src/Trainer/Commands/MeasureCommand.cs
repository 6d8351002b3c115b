using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Validation;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Setup;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Commands;

/// <summary>
/// <c>trainer measure</c>: how many updates a second networks of several sizes get from a number of threads, as a JSON array of <see cref="StepSpeed"/>. Each is trained
/// for two epochs of generated points by the loop of all runs; the second epoch counts.
/// </summary>
internal static class MeasureCommand
{
    // Units of both hidden layers, samples in a batch, and updates in an epoch: some tenths of a second each.
    private static readonly (int Units, int Batch, int Steps)[] Sizes = [(16, 32, 400), (64, 64, 300), (128, 128, 200), (256, 256, 60), (512, 512, 12)];

    public static Command Create()
    {
        var threads = TrainCommand.ThreadsOption();
        var command = new Command("measure", "Trains small networks of several sizes and prints their updates a second as a JSON array.") { threads };
        command.SetAction(arguments =>
        {
            Engine.Load(arguments.GetValue(threads));
            Console.WriteLine(JsonSerializer.Serialize(Measure(arguments.GetValue(threads)), SpecJson.Options));
            return TrainerExitCode.Finished;
        });
        return command;
    }

    private static List<StepSpeed> Measure(int threads)
    {
        var folder = Directory.CreateTempSubdirectory("trainyard-measure-");
        try
        {
            return [.. Sizes.Select((size, index) => Measure(size.Units, size.Batch, size.Steps, threads, Path.Combine(folder.FullName, index.ToString(CultureInfo.InvariantCulture))))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static StepSpeed Measure(int units, int batch, int steps, int threads, string folder)
    {
        var reading = SpecReader.Read(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $$"""
            {
              "name": "measure",
              "data": { "dataset": { "name": "moons", "trainSamples": {{batch * (steps + 1)}}, "testSamples": 20 }, "validationCount": {{batch}} },
              "model": { "kind": "mlp", "dense": [{{units}}, {{units}}] },
              "training": { "epochs": 2, "batchSize": {{batch}}, "optimizer": "momentum", "observe": "off" }
            }
            """)));
        using var output = new MemoryStream();
        using var stop = new StopSignal();
        var options = new TrainOptions { OutFolder = folder, Threads = threads };
        new TrainingRun(reading.Spec!, reading.Plan!, options, new EventWriter(output, TimeProvider.System), stop, TimeProvider.System).Run();
        var last = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<TrainerLine>(line, SpecJson.Options)!.Event).OfType<EpochEvent>().Last();
        return new StepSpeed { Flops = TrainingCost.FlopsPerEpoch(reading.Plan!, batch), StepsPerSecond = last.ImagesPerSecond / batch };
    }
}

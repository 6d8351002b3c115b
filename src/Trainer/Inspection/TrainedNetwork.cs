using System.Text.Json;
using Trainyard.Specs.Json;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Random;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Inspection;

/// <summary>A network with the weights of a checkpoint, on the processor and in float32, and the data of its spec.</summary>
internal sealed class TrainedNetwork : IDisposable
{
    private TrainedNetwork(TrainingSetup setup, int epoch)
    {
        Setup = setup;
        Epoch = epoch;
    }

    public TrainingSetup Setup { get; }

    /// <summary>Complete epochs of the checkpoint.</summary>
    public int Epoch { get; }

    // Throws RunFailureException: the data is damaged or not on this machine. Throws InvalidDataException or IOException: the checkpoint cannot be read.
    public static async Task<TrainedNetwork> LoadAsync(string checkpoint, DatasetLoader loader, CancellationToken cancellation)
    {
        var file = CheckpointFile.Open(checkpoint);
        var spec = file.Header.Spec.Deserialize<ExperimentSpec>(SpecJson.Options) ?? throw new InvalidDataException("its spec is null");
        spec = spec with { Training = spec.Training with { Device = Trainyard.Specs.Spec.Device.Cpu, Precision = Precision.Float32, Observe = null } };
        var dataset = await loader.LoadAsync(spec.Data.Dataset, new RunSeed(spec.Data.Seed), cancellation);
        var setup = new TrainingSetup(spec, ModelPlanner.Plan(spec), dataset, CPU);
        try
        {
            TrainedWeights.CopyTo(setup, file);
            return new TrainedNetwork(setup, file.Header.Cursor.Epoch);
        }
        catch
        {
            setup.Dispose();
            throw;
        }
    }

    public void Dispose() => Setup.Dispose();
}

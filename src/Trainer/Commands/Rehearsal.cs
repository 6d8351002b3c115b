using Trainyard.Specs.Validation;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Setup;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Commands;

/// <summary>
/// Trains a small network for two epochs into a temporary folder, so that what every run needs first is loaded and compiled: the engine, the reader of specs, the loop,
/// events and checkpoints. Nothing of it reaches a later run: its draws come from seeds of its own, and the engine's generator is put back.
/// </summary>
internal static class Rehearsal
{
    private const string FolderPrefix = "trainyard-rehearsal-";

    private static byte[] Spec =>
        """
        {
          "name": "rehearsal",
          "data": { "dataset": { "name": "xor", "trainSamples": 64, "testSamples": 20 } },
          "model": { "kind": "mlp", "dense": [8] },
          "training": { "epochs": 2, "batchSize": 32, "optimizer": "adam" }
        }
        """u8.ToArray();

    /// <param name="threads">Threads of one operation: those of the run that follows.</param>
    public static void Run(int threads)
    {
        try
        {
            Engine.Load(threads);
            using var generator = random.get_rng_state();
            Train(threads);
            random.set_rng_state(generator);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The run that follows meets the same and reports it.
        }
    }

    internal static RunEnd Train(int threads)
    {
        var reading = SpecReader.Read(Spec);
        RemoveOld();
        var folder = Directory.CreateTempSubdirectory(FolderPrefix);
        try
        {
            using var stop = new StopSignal();
            var options = new TrainOptions { OutFolder = folder.FullName, Threads = threads };
            return new TrainingRun(reading.Spec!, reading.Plan!, options, new EventWriter(Stream.Null, TimeProvider.System), stop, TimeProvider.System).Run();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // A process that was killed while it rehearsed has left its folder.
    private static void RemoveOld()
    {
        foreach (var folder in new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories($"{FolderPrefix}*"))
        {
            try
            {
                if (folder.CreationTimeUtc < TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1))
                {
                    folder.Delete(recursive: true);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another process removes it, or it belongs to somebody else.
            }
        }
    }
}

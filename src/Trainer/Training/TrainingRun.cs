using Trainyard.Specs.Events;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Random;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Training;

/// <summary>One attempt at a run: prepares everything, trains, and turns every known failure into an event.</summary>
internal sealed class TrainingRun(ExperimentSpec spec, ModelPlan plan, TrainOptions options, EventWriter events, StopSignal stop, TimeProvider time)
{
    /// <summary>The failure that ended the attempt; null: none did.</summary>
    public FailedEvent? Failed { get; private set; }

    // Throws UnusableCheckpointException: the folder holds the checkpoints of another spec; or the weights to start from cannot be read, or are of another
    // network.
    public RunEnd Run()
    {
        try
        {
            return Train();
        }
        catch (OperationCanceledException) when (stop.Request is { } request)
        {
            // Before the first step, during a download; what has been downloaded stays for the next attempt.
            events.Write(new StoppedEvent { Request = request, Epoch = 1, Step = 0 });
            return RunEnd.Stopped;
        }
        catch (Exception exception) when (RunFailureException.From(exception) is { } failure)
        {
            return Fail(failure.ToEvent());
        }
    }

    private RunEnd Train()
    {
        // The engine is still being loaded, and what follows waits for it; this does not.
        var outline = Outline();
        EventWriter.Prepare(outline);
        var ofCheckpoints = CheckpointHeader.ToJson(spec);

        using var alone = FolderLock.Acquire(options.OutFolder, time, stop.Token);
        var store = new CheckpointStore(options.OutFolder);
        var hadHistory = store.HasHistory;
        store.Prepare();

        // Reading the data and loading the engine take about the same time and do not need each other. The engine stays on this thread: its
        // number of threads is a setting of the calling thread, and the C library serves the main thread's memory best.
        var loading = Task.Run(LoadAsync);
        Engine.Load(options.Threads);
        var device = TrainingDevice.Open(spec.Training.Device);
        var dataset = loading.GetAwaiter().GetResult();
        var fingerprint = Task.Run(() => DatasetFingerprint.Compute(dataset));

        using var setup = new TrainingSetup(spec, plan, dataset, device);
        var policy = new CheckpointPolicy(ofCheckpoints, setup, store, options, time);
        var from = StartingPoint(store, policy, hadHistory);
        if (from.Step == 0 && options.Weights is { } weights)
        {
            LoadWeights(setup, weights);
        }

        using var loop = new TrainingLoop(setup, from, events, stop, policy, time);
        Announce(outline, setup, fingerprint.GetAwaiter().GetResult(), from);
        if (!spec.Training.EvaluateTest)
        {
            // Only the fingerprint has needed them: 30 of the 180 MB of CIFAR-10.
            dataset.Test.DropValues();
            NativeMemory.Release();
        }

        try
        {
            return loop.Run();
        }
        catch (Exception exception) when (RunFailureException.From(exception) is { } failure)
        {
            var diverged = failure.Class == FailureClass.Diverged;
            if (diverged)
            {
                loop.EmitDivergence(failure.Code);
            }

            return Fail(failure.ToEvent() with { Epoch = loop.Epoch, Step = loop.Step, LastFinite = diverged ? loop.LastFinite : null });
        }
    }

    private async Task<Dataset> LoadAsync()
    {
        var downloader = new Downloader(events.Notice, time, TimeSpan.FromSeconds(1));
        return await new DatasetLoader(options.Datasets, downloader).LoadAsync(spec.Data.Dataset, new RunSeed(spec.Data.Seed), stop.Token);
    }

    private RunEnd Fail(FailedEvent failed)
    {
        Failed = failed;
        events.Write(failed);
        return RunEnd.Failed;
    }

    private Cursor StartingPoint(CheckpointStore store, CheckpointPolicy policy, bool hadHistory)
    {
        if (!options.Resume)
        {
            if (store.Clear() is > 0 and var removed)
            {
                events.Notice(RunMessageCode.CheckpointsRemoved, ("count", removed));
            }

            return Cursor.Start;
        }

        if (policy.Restore(events.Notice) is not { } header)
        {
            if (hadHistory)
            {
                events.Notice(RunMessageCode.NoKnownCheckpoint);
            }

            return Cursor.Start;
        }

        if (header.Threads != options.Threads || header.Engine != Engine.Description)
        {
            events.Notice(
                RunMessageCode.EnvironmentChanged,
                ("threadsThen", header.Threads), ("engineThen", header.Engine), ("threads", options.Threads), ("engine", Engine.Description));
        }

        return policy.IsExtended(header) ? Extended(header) : header.Cursor;
    }

    // More epochs were requested, so early stopping restarts.
    private Cursor Extended(CheckpointHeader header)
    {
        events.Notice(RunMessageCode.TrainingExtended, ("epochs", spec.Training.Epochs), ("afterEpoch", header.Cursor.Epoch));
        return header.Cursor with { Stopping = null };
    }

    // Weights and batch-norm statistics only: the optimizer starts afresh.
    private void LoadWeights(TrainingSetup setup, string path)
    {
        try
        {
            var checkpoint = CheckpointFile.Open(path);
            TrainedWeights.CopyTo(setup, checkpoint);
            events.Notice(RunMessageCode.WeightsLoaded, ("step", checkpoint.Header.Cursor.Step), ("path", path));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UnusableCheckpointException($"The weights in {path} cannot be used: {exception.Message}", exception);
        }
    }

    // The first event as far as spec and plan tell.
    private StartedEvent Outline() => new()
    {
        Engine = "",
        Device = "",
        Threads = options.Threads,
        Precision = spec.Training.Precision,
        TrainSamples = 0,
        ValidationSamples = 0,
        TestSamples = 0,
        StepsPerEpoch = 0,
        Epochs = spec.Training.Epochs,
        Parameters = plan.Parameters,
        Layers = LayerTable.Rows(plan),
        ResumedFromStep = 0,
        Data = new DataIdentity { Dataset = spec.Data.Dataset.Name, Fingerprint = "", ClassNames = DatasetShape.From(spec.Data.Dataset).ClassNames },
    };

    private void Announce(StartedEvent outline, TrainingSetup setup, string fingerprint, Cursor from)
    {
        if (setup.Precision == Precision.Bfloat16 && !ProductPrecision.HasBfloat16(spec.Training.Device))
        {
            events.Notice(RunMessageCode.SlowBfloat16);
        }

        events.Write(outline with
        {
            Engine = Engine.Description,
            Device = setup.Device.type == DeviceType.CUDA ? "cuda:0" : "cpu",
            Precision = setup.Precision,
            TrainSamples = setup.Split.Train.Length,
            ValidationSamples = setup.Split.Validation.Length,
            TestSamples = setup.TestSamples,
            StepsPerEpoch = setup.StepsPerEpoch,
            ResumedFromStep = from.Step,
            Data = outline.Data with { Fingerprint = fingerprint },
        });
    }
}

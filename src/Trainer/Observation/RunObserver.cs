using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Events.Observation;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Diagnosis;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Observation;

// Emits statistics of each layer, the decision over the plane or for a few images, and findings. Activations and weights are those at the end of an epoch, over a fixed batch of
// validation samples; gradients and updates are those of the epoch's last full step. Epoch 0 is the untrained network with the first step. Observation does not
// change the training, to the last bit.
internal sealed class RunObserver : IDisposable
{
    // An observation costs a share of a forward pass over a hundredth of the samples.
    private const int Share = 100;
    private const int FewestSamples = 64;
    private const int MostSamples = 256;

    private readonly TrainingSetup setup;
    private readonly EventWriter events;
    private readonly ObservationSchedule schedule;
    private readonly bool histograms;
    private readonly IReadOnlyList<ObservedLayer> layers;
    private readonly RunDiagnosis diagnosis;
    private readonly DecisionGrid? grid;
    private readonly ImagePredictions? predictions;
    private readonly Tensor batch;

    private NetworkSnapshot? untrained;
    private StepProbe? probe;

    public RunObserver(TrainingSetup setup, DiagnosisState? state, EventWriter events)
    {
        this.setup = setup;
        this.events = events;
        var spec = setup.Spec.Training;
        schedule = new ObservationSchedule(spec.Observe, spec.Epochs);
        histograms = spec.Observe?.Histograms == true;
        layers = ObservedLayer.From(setup.Plan, setup.Network);
        diagnosis = new RunDiagnosis(setup.Spec, setup.Plan, state ?? new DiagnosisState());
        grid = spec.Observe is not null && DecisionGrid.Fits(setup.Dataset) ? new DecisionGrid(setup) : null;
        predictions = spec.Observe is not null ? ImagePredictions.Of(setup) : null;
        batch = tensor(FixedBatch(setup.Split), device: setup.Device).DetachFromDisposeScope();
    }

    public DiagnosisState State => diagnosis.State;

    // The last step of an epoch may have fewer samples; then the one before it is observed.
    private int LastFullStep => Math.Max(0, (setup.Split.Train.Length / setup.BatchSize) - 1);

    /// <summary>Called before a step. Null: the step is not observed.</summary>
    public StepProbe? BeforeStep(Cursor cursor)
    {
        var isFirst = cursor.Step == 0 && schedule.Includes(0);
        if (isFirst)
        {
            untrained = Snapshot();
            Draw(0, 0);
        }

        var isLast = cursor.StepInEpoch == LastFullStep && schedule.Includes(cursor.Epoch + 1);
        probe = isFirst || isLast ? new StepProbe(setup.Network, layers, histograms) : probe;
        return isFirst || isLast ? probe : null;
    }

    public void FirstStepDone(double loss)
    {
        ObservationEvent? observation = null;
        if (untrained is { } snapshot)
        {
            observation = Describe(0, 0, snapshot, probe);
            events.Write(observation);
            untrained = null;
        }

        var gradientNorm = probe?.GradientNorm;
        if (LastFullStep > 0)
        {
            probe = null;
        }

        Emit(diagnosis.FirstStep(loss, observation, gradientNorm));
    }

    public void EpochEnded(EpochEvent epoch, bool isLast)
    {
        ObservationEvent? observation = null;
        if (schedule.Includes(epoch.Epoch) || (isLast && setup.Spec.Training.Observe is not null))
        {
            observation = Describe(epoch.Epoch, epoch.Step, Snapshot(), probe);
            events.Write(observation);
            Draw(epoch.Epoch, epoch.Step);
        }

        probe = null;
        var metrics = new EpochMetrics
        {
            Epoch = epoch.Epoch,
            TrainLoss = epoch.TrainLoss,
            TrainAccuracy = epoch.TrainAccuracy,
            ValidationLoss = epoch.ValidationLoss,
            ValidationAccuracy = epoch.ValidationAccuracy,
        };
        Emit(diagnosis.EpochEnded(metrics, isLast, observation));
    }

    // Called when a value is NaN or infinite, which the code names. epoch: The current epoch, from 1. last: The last finite loss; null: there was none.
    public void Diverged(RunMessageCode code, int epoch, long step, LastFinite? last) => Emit([diagnosis.Diverged(code, epoch, step, last)]);

    public void Dispose()
    {
        batch.Dispose();
        grid?.Dispose();
        predictions?.Dispose();
    }

    // Evenly spaced validation samples.
    private static long[] FixedBatch(Datasets.Split split)
    {
        var count = Math.Min(Math.Clamp(split.Train.Length / Share, FewestSamples, MostSamples), split.Validation.Length);
        return [.. Enumerable.Range(0, count).Select(position => (long)split.Validation[(int)((long)position * split.Validation.Length / count)])];
    }

    private NetworkSnapshot Snapshot()
    {
        using var scope = NewDisposeScope();
        return NetworkSnapshot.Measure(setup.Network, layers, setup.Train.GetBatch(batch).Samples, histograms);
    }

    // What the network decides: over the plane, or for a few images.
    private void Draw(int epoch, long step)
    {
        if (grid is not null)
        {
            events.Write(new DecisionFrameEvent { Epoch = epoch, Step = step, Frame = grid.Draw(withPoints: epoch == 0) });
        }

        if (predictions is not null)
        {
            events.Write(predictions.Predict(epoch, step));
        }
    }

    private void Emit(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            events.Write(new FindingEvent { Finding = finding });
        }
    }

    private ObservationEvent Describe(int epoch, long step, NetworkSnapshot snapshot, StepProbe? measured) => new()
    {
        Epoch = epoch,
        Step = step,
        Layers =
        [
            .. layers.Select(row => new LayerObservation
            {
                Layer = row.Index,
                Name = row.Name,
                Kind = row.Kind,
                Activation = snapshot.Activations.GetValueOrDefault(row.Index),
                Gradient = measured?.Gradients.GetValueOrDefault(row.Index),
                ActivationGradientNorm = measured?.OutputGradientNorms.GetValueOrDefault(row.Index),
                Weight = snapshot.Weights.GetValueOrDefault(row.Index),
                UpdateRatio = measured?.UpdateRatios.GetValueOrDefault(row.Index),
                UnitSpread = snapshot.UnitSpreads.GetValueOrDefault(row.Index),
            }),
        ],
        Histograms = !histograms ? null :
        [
            .. layers.Select(row => new LayerHistograms
            {
                Layer = row.Index,
                Activation = snapshot.ActivationHistograms.GetValueOrDefault(row.Index),
                Gradient = measured?.GradientHistograms.GetValueOrDefault(row.Index),
                Weight = snapshot.WeightHistograms.GetValueOrDefault(row.Index),
            }),
        ],
    };
}

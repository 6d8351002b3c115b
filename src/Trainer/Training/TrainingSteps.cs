using Trainyard.Specs.Planning;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Observation;
using Trainyard.Trainer.Random;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Training;

// Training one update at a time: the order of each epoch, the updates, the metrics, and what follows from the validation. The loop of a run drives it from
// beginning to end; a session drives it by request. Both therefore compute the same, to the last bit. Its state is a Cursor plus the tensors of the setup.
internal sealed class TrainingSteps : IDisposable
{
    private readonly TrainingSetup setup;
    private readonly RunObserver observer;
    private readonly Meter metrics;
    private readonly TrainingStep trainingStep;
    private readonly Tensor validationIndices;
    private Tensor? order;

    // Prepares to train from a position. stop: Ends an evaluation early.
    public TrainingSteps(TrainingSetup setup, Cursor from, RunObserver observer, StopSignal stop)
    {
        this.setup = setup;
        this.observer = observer;
        Cursor = from;
        LearningRate = new LearningRate(setup.Spec, setup.StepsPerEpoch, ((long)from.Epoch * setup.StepsPerEpoch) + from.StepInEpoch - from.Step);
        Tracker = new ValidationTracker(setup.Spec.Training.EarlyStopping, setup.Best, LearningRate, from);
        Evaluation = new Evaluation(setup.Network, TrainingCost.EvaluationBatch(setup.Spec, setup.Plan), setup.Spec.Data.Augmentation?.TestTimeFlip == true, setup.Device, stop);
        DivergenceGuard = new DivergenceGuard(setup.Spec);
        metrics = new Meter(setup.Device);
        trainingStep = new TrainingStep(setup, LearningRate, observer, DivergenceGuard, metrics);
        validationIndices = setup.Indices(setup.Split.Validation).DetachFromDisposeScope();
        setup.Optimizer.Steps = from.Step;
        metrics.Set(from.LossSum, from.Correct, Math.Min((long)from.StepInEpoch * setup.BatchSize, setup.Split.Train.Length));
    }

    public Cursor Cursor { get; private set; }
    public LearningRate LearningRate { get; }
    public ValidationTracker Tracker { get; }
    public Evaluation Evaluation { get; }
    public DivergenceGuard DivergenceGuard { get; }

    /// <summary>The current epoch, from 1.</summary>
    public int Epoch => Math.Min(Cursor.Epoch + 1, setup.Spec.Training.Epochs);

    /// <summary>Whether every update of the current epoch is done.</summary>
    public bool IsEpochDone => Cursor.StepInEpoch == setup.StepsPerEpoch;

    /// <summary>Whether the last epoch is over.</summary>
    public bool IsComplete => IsEnd(Cursor);

    public Moment Now => new(Cursor.Step, Epoch, LearningRate.At(Math.Max(0, Cursor.Step - 1)));

    /// <summary>Does the next update of the current epoch.</summary>
    /// <exception cref="Events.RunFailureException">The loss or the gradient is not finite.</exception>
    public void Step()
    {
        order ??= Order();
        var (loss, gradientNorm) = trainingStep.Run(order, Cursor);
        Cursor = Cursor with { Step = Cursor.Step + 1, StepInEpoch = Cursor.StepInEpoch + 1 };
        if (loss is { } value)
        {
            if (Cursor.Step == 1)
            {
                observer.FirstStepDone(metrics.Read().Loss);
            }

            DivergenceGuard.RecordStep(Cursor.Step, value);
            CheckLoss(value, value);
        }

        if (gradientNorm is { } norm)
        {
            DivergenceGuard.CheckGradient(norm, Now);
        }
    }

    /// <summary>The metrics of the current epoch so far. Waits for the device.</summary>
    public Meter.Reading Metrics => metrics.Read();

    /// <summary>The same, after a check of the loss.</summary>
    /// <exception cref="Events.RunFailureException">The loss is not finite.</exception>
    public Meter.Reading CheckMetrics()
    {
        var sums = metrics.Read();
        CheckLoss(sums.LossSum, sums.Loss);
        return sums;
    }

    /// <summary>The metrics of the validation samples; null: a stop was requested meanwhile.</summary>
    public Meter.Reading? Validate() => Evaluation.Run(setup.Train, validationIndices);

    /// <summary>The metrics of the epoch whose updates are done, after the checks of its end.</summary>
    /// <exception cref="Events.RunFailureException">The loss or the state of the optimizer is not finite.</exception>
    public Meter.Reading CheckEpoch()
    {
        var training = CheckMetrics();
        DivergenceGuard.CheckOptimizer(setup.Optimizer.IsFinite(), Now);
        return training;
    }

    /// <summary>Takes the validation into account and goes on to the next epoch.</summary>
    /// <exception cref="Events.RunFailureException">It was the last epoch, and the loss is not finite.</exception>
    public void NextEpoch(Meter.Reading validation)
    {
        var next = Tracker.EndEpoch(Cursor, validation);
        if (IsEnd(next))
        {
            // Weights that are not finite show at the next step; after the last one only the validation shows them.
            CheckLoss(validation.LossSum, validation.Loss);
        }

        Cursor = next;
        metrics.Set(0, 0, 0);
        DropOrder();
    }

    public void Dispose()
    {
        DropOrder();
        metrics.Dispose();
        trainingStep.Dispose();
        validationIndices.Dispose();
    }

    // The training samples as they are shuffled for the current epoch.
    private Tensor Order()
    {
        var samples = (int[])setup.Split.Train.Clone();
        setup.Seed.Stream(RandomPurpose.Order, Cursor.Epoch).Shuffle(samples.AsSpan());
        return setup.Indices(samples).DetachFromDisposeScope();
    }

    private void DropOrder()
    {
        order?.Dispose();
        order = null;
    }

    private bool IsEnd(Cursor position) => position.Epoch >= setup.Spec.Training.Epochs || Tracker.StopsEarly;

    private void CheckLoss(double value, double loss) => DivergenceGuard.CheckLoss(value, loss, Now);
}

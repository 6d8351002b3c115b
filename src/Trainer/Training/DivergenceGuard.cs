using System.Runtime.InteropServices;
using Trainyard.Specs.Events;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Training;

/// <summary>Fails a run whose loss, gradient or optimizer state is NaN or infinite, and keeps the last finite loss.</summary>
internal sealed class DivergenceGuard(ExperimentSpec spec)
{
    // The gradient is measured while the loss is above this multiple of the first step's.
    private const double Rise = 2;

    private const int KeptSteps = 64;

    private readonly WeightDecayEffect? decay = WeightDecayEffect.Of(spec);
    private readonly Queue<StepLoss> stepLosses = new(KeptSteps);
    private double firstFinite = double.NaN;
    private double lastFinite = double.NaN;
    private long lastStep;
    private double? gradientNorm;

    /// <summary>The last finite loss; null: there was none.</summary>
    public LastFinite? LastFinite =>
        double.IsNaN(lastFinite) ? null : new LastFinite { Step = lastStep, TrainLoss = lastFinite, GradientNorm = gradientNorm, StepLosses = [.. stepLosses] };

    /// <summary>Whether a loss is so high that it is worth measuring the gradient.</summary>
    public bool IsHigh(double loss) => loss > Rise * firstFinite;

    public void RecordGradientNorm(double norm) => gradientNorm = double.IsFinite(norm) ? norm : gradientNorm;

    /// <summary>Keeps the loss of a step.</summary>
    public void RecordStep(long step, double loss)
    {
        if (double.IsFinite(loss))
        {
            if (stepLosses.Count == KeptSteps)
            {
                stepLosses.Dequeue();
            }

            stepLosses.Enqueue(new StepLoss { Step = step, Loss = loss });
        }
    }

    // value: What must be finite: a loss, or a sum of losses. Throws RunFailureException: the value is NaN or infinite.
    public void CheckLoss(double value, double loss, Moment moment)
    {
        if (!double.IsFinite(value))
        {
            throw Diverged(RunMessageCode.LossNotFinite, moment, ("value", double.IsNaN(value) ? "nan" : "infinite"));
        }

        if (double.IsFinite(loss))
        {
            lastFinite = loss;
            lastStep = moment.Step;
            firstFinite = double.IsNaN(firstFinite) ? loss : firstFinite;
        }
    }

    // norm: Of the gradient, before it is clipped. Throws RunFailureException: it is NaN or infinite.
    public void CheckGradient(double norm, Moment moment)
    {
        if (!double.IsFinite(norm))
        {
            throw Diverged(RunMessageCode.GradientNotFinite, moment);
        }
    }

    // A square of the gradient that float32 makes infinite would end the updates of a weight without a sign. Throws RunFailureException: a value is not finite.
    public void CheckOptimizer(bool isFinite, Moment moment)
    {
        if (!isFinite)
        {
            throw Diverged(RunMessageCode.OptimizerStateNotFinite, moment, ("optimizer", spec.Training.Optimizer.Name));
        }
    }

    private RunFailureException Diverged(RunMessageCode code, Moment moment, params (string Name, object? Value)[] more) => new(
        FailureClass.Diverged,
        code,
        [
            .. more, ("step", moment.Step), ("epoch", moment.Epoch), ("lastLoss", lastFinite), ("learningRate", moment.LearningRate),
            ("decayFactor", decay is { Diverges: true } ? decay.Factor : null),
        ]);
}

/// <summary>A moment of training: updates done, the current epoch from 1, and the learning rate of the latest update.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Moment(long Step, int Epoch, double LearningRate);

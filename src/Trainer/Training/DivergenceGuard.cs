using Trainyard.Specs.Events;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Training;

/// <summary>Fails a run whose loss is NaN or infinite, and keeps the last finite loss.</summary>
internal sealed class DivergenceGuard
{
    // The gradient is measured while the loss is above this multiple of the first step's.
    private const double Rise = 2;

    private double firstFinite = double.NaN;
    private double lastFinite = double.NaN;
    private long lastStep;
    private double? gradientNorm;

    /// <summary>The last finite loss; null: there was none.</summary>
    public LastFinite? LastFinite =>
        double.IsNaN(lastFinite) ? null : new LastFinite { Step = lastStep, TrainLoss = lastFinite, GradientNorm = gradientNorm };

    /// <summary>Whether a loss is so high that it is worth measuring the gradient.</summary>
    public bool IsHigh(double loss) => loss > Rise * firstFinite;

    public void RecordGradientNorm(double norm) => gradientNorm = double.IsFinite(norm) ? norm : gradientNorm;

    // value: What must be finite: a loss, or a sum of losses. epoch: The current epoch, from 1. Throws RunFailureException: the value is NaN or infinite.
    public void Check(double value, double loss, long step, int epoch, double learningRate)
    {
        if (!double.IsFinite(value))
        {
            throw new RunFailureException(
                FailureClass.Diverged,
                RunMessageCode.LossNotFinite,
                [
                    ("value", double.IsNaN(value) ? "nan" : "infinite"), ("step", step), ("epoch", epoch), ("lastLoss", lastFinite),
                    ("learningRate", learningRate),
                ]);
        }

        if (double.IsFinite(loss))
        {
            lastFinite = loss;
            lastStep = step;
            firstFinite = double.IsNaN(firstFinite) ? loss : firstFinite;
        }
    }
}

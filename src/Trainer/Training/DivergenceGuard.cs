using Trainyard.Specs.Events;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Training;

/// <summary>Ends a run whose loss is no longer a number, and knows the last good numbers.</summary>
internal sealed class DivergenceGuard
{
    // The gradient is measured while the loss is so many times that of the first step seen.
    private const double Rise = 2;

    private double firstFinite = double.NaN;
    private double lastFinite = double.NaN;
    private long lastStep;
    private double? gradientNorm;

    /// <summary>The last good numbers; null: there was no finite loss.</summary>
    public LastFinite? LastFinite =>
        double.IsNaN(lastFinite) ? null : new LastFinite { Step = lastStep, TrainLoss = lastFinite, GradientNorm = gradientNorm };

    /// <summary>Whether a loss is so high that it is worth measuring the gradient.</summary>
    public bool IsHigh(double loss) => loss > Rise * firstFinite;

    /// <summary>Takes note of the norm of the whole gradient.</summary>
    public void Measured(double norm) => gradientNorm = double.IsFinite(norm) ? norm : gradientNorm;

    /// <summary>Looks at a loss.</summary>
    /// <param name="value">What must be finite: a loss, or a sum of losses.</param>
    /// <param name="loss">The mean loss, for the message of a later failure.</param>
    /// <param name="step">Updates so far.</param>
    /// <param name="epoch">The epoch in work, from 1.</param>
    /// <param name="learningRate">Rate of the last update.</param>
    /// <exception cref="RunFailureException">The value is NaN or infinite.</exception>
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

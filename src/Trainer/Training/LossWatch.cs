using Trainyard.Specs.Events;

namespace Trainyard.Trainer.Training;

/// <summary>Ends a run whose loss is no longer a number, and says what the last good one was.</summary>
internal sealed class LossWatch
{
    private double lastFinite = double.NaN;

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
            var last = double.IsNaN(lastFinite) ? "there was no finite loss before" : $"the last finite loss was {lastFinite:G5}";
            throw new RunFailureException(
                FailureClass.Diverged,
                $"The loss became {(double.IsNaN(value) ? "NaN" : "infinite")} at step {step} in epoch {epoch}; {last}. "
                + $"Try a smaller learning rate: it is {learningRate:G5}, a tenth of it is a good next try.");
        }

        if (double.IsFinite(loss))
        {
            lastFinite = loss;
        }
    }
}

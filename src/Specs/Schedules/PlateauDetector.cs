using System.Runtime.InteropServices;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Schedules;

/// <summary>Lowers a factor each time that a validation metric has not improved for longer than the patience (torch ReduceLROnPlateau, relative threshold).</summary>
internal sealed class PlateauDetector(ValidationMetric metric, double factor, int patience, double threshold, double minimum)
{
    public PlateauState State { get; set; } = new(null, 0, 1);

    public double Factor => State.Factor;

    public void EpochEnded(double loss, double accuracy)
    {
        var value = metric == ValidationMetric.ValidationLoss ? loss : accuracy;
        if (Improves(value))
        {
            State = State with { Best = value, EpochsWithoutImprovement = 0 };
            return;
        }

        var waited = State.EpochsWithoutImprovement + 1;
        State = waited > patience
            ? State with { EpochsWithoutImprovement = 0, Factor = Math.Max(minimum, State.Factor * factor) }
            : State with { EpochsWithoutImprovement = waited };
    }

    private bool Improves(double value) => State.Best is not { } best
        || (metric == ValidationMetric.ValidationLoss ? value < best * (1 - threshold) : value > best * (1 + threshold));
}

/// <summary>State of a plateau schedule.</summary>
/// <param name="Best">Best value of the metric; null before the first epoch.</param>
/// <param name="EpochsWithoutImprovement">Epochs since the best value or the last reduction.</param>
/// <param name="Factor">The current factor.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PlateauState(double? Best, int EpochsWithoutImprovement, double Factor);

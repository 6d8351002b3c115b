using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Observation;

internal sealed class ObservationSchedule(ObservationSpec? spec, int epochs)
{
    // By default every epoch at first, then a twentieth of the epochs so far apart.
    private const int Dense = 20;

    /// <summary>Whether an epoch is observed; 0: before the first update.</summary>
    public bool Includes(int epoch)
    {
        if (spec is null)
        {
            return false;
        }

        // Powers of two, so that later distances are multiples of earlier ones.
        var distance = spec.EveryEpochs ?? (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, (epoch + Dense - 1) / Dense));
        return epoch == epochs || epoch % distance == 0;
    }
}

using System.Globalization;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Schedules;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Planning;

/// <summary>
/// What the weight decay of a spec does to the weights in one update where the loss has no gradient, at the largest learning rate of the schedule. A penalty
/// whose gradient the optimizer scales has a bounded effect and is left out.
/// </summary>
public sealed record WeightDecayEffect
{
    // Our choice: the network then consists of its last ten updates.
    private const double Erasing = 0.1;

    // A tenth of that.
    private const double Harmless = 0.01;

    /// <summary>Factor on a weight per update in the long run; at -1 and below the weights grow, and change their signs, in each update.</summary>
    public required double Factor { get; init; }

    /// <summary>Share of a weight that an update takes in the long run; null for an L1 penalty.</summary>
    public required double? Share { get; init; }

    /// <summary>Amount that an update takes from every weight in the long run; null unless the penalty is L1.</summary>
    public required double? Amount { get; init; }

    /// <summary>The strength of the spec.</summary>
    public required double Strength { get; init; }

    /// <summary>The strength at which the weights begin to grow; null for an L1 penalty.</summary>
    public required double? Limit { get; init; }

    /// <summary>A strength with which the weights are kept: the default, or less.</summary>
    public required double Suggested { get; init; }

    /// <summary>Whether the decay alone makes the weights grow without bound.</summary>
    public bool Diverges => Factor <= -1;

    /// <summary>Whether the decay alone removes the weights within some updates.</summary>
    public bool Erases => !Diverges && (Share ?? Amount) >= Erasing;

    /// <summary>Updates after which less than a hundredth of a weight is left; null for an L1 penalty.</summary>
    public int? UpdatesToErase => Share switch { null => null, >= 0.99 => 1, { } share => (int)Math.Ceiling(Math.Log(0.01) / Math.Log(1 - share)) };

    /// <summary>The effect of a spec; null without weight decay, or where the optimizer bounds it.</summary>
    public static WeightDecayEffect? Of(ExperimentSpec spec)
    {
        var (decay, optimizer) = (spec.Training.WeightDecay, spec.Training.Optimizer);
        if (decay.Name == "none" || decay.Number("strength") == 0 || (decay.Name != "decoupled" && optimizer.Name is not ("sgd" or "momentum" or "nesterov")))
        {
            return null;
        }

        var length = TrainingLength.Of(spec);
        var largest = LearningRateSchedule.Create(spec.Training.Schedule, length).LargestFactor(length.Steps);
        var isUnscaled = decay.Name == "decoupled" && decay.Text("form") == "paper";
        var pull = decay.Number("strength") * largest * (isUnscaled ? 1 : optimizer.Number("learningRate"));

        // Momentum also applies to the gradient of a penalty.
        var momentum = decay.Name != "decoupled" && optimizer.Name != "sgd" ? optimizer.Number("momentum") : 0;
        var isLookAhead = optimizer.Name == "nesterov" && momentum > 0;
        var inTheLongRun = pull / (1 - momentum);
        var usual = TechniqueCatalog.Default(TechniqueKind.WeightDecay, decay.Name).Number("strength") * (isUnscaled ? optimizer.Number("learningRate") : 1);
        return new WeightDecayEffect
        {
            Factor = decay.Name == "l1" ? 1 : FactorOf(pull, momentum, isLookAhead),
            Share = decay.Name == "l1" ? null : inTheLongRun,
            Amount = decay.Name == "l1" ? inTheLongRun : null,
            Strength = decay.Number("strength"),
            Limit = decay.Name == "l1" ? null : decay.Number("strength") * LargestPull(momentum, isLookAhead) / pull,
            Suggested = Rounded(Math.Min(usual, decay.Number("strength") * Harmless / inTheLongRun)),
        };
    }

    // With v <- r v - p w; w <- w + v the weights follow z^2 - (1 + r - p) z + r = 0, and with Nesterov's step z^2 - (1 + r) (1 - p) z + r (1 - p) = 0. The larger
    // root is real where it is -1 or less; where both are complex, its modulus counts.
    private static double FactorOf(double pull, double momentum, bool isLookAhead)
    {
        var (sum, product) = isLookAhead ? ((1 + momentum) * (1 - pull), momentum * (1 - pull)) : (1 + momentum - pull, momentum);
        var discriminant = (sum * sum) - (4 * product);
        return discriminant < 0 ? Math.Sqrt(product)
            : sum < 0 ? (sum - Math.Sqrt(discriminant)) / 2
            : (sum + Math.Sqrt(discriminant)) / 2;
    }

    // The pull with the root -1.
    private static double LargestPull(double momentum, bool isLookAhead) => 2 * (1 + momentum) / (isLookAhead ? 1 + (2 * momentum) : 1);

    private static double Rounded(double number) => double.Parse(number.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

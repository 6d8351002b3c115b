using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using MathNet.Numerics.Statistics;

namespace Trainyard.Studies.Comparison;

/// <summary>The difference between the means of two arms, with the error of its estimate.</summary>
internal sealed record MeanDifference
{
    // Two-sided.
    private const double WantedPower = 0.8;

    private const int MaximumSeeds = 10_000;

    /// <summary>Whether the seeds that both arms have were compared one by one.</summary>
    public required bool IsPaired { get; init; }

    /// <summary>Pairs; unpaired the seeds of the smaller arm.</summary>
    public required int Seeds { get; init; }

    /// <summary>Mean of the first arm minus mean of the second.</summary>
    public required double Difference { get; init; }

    /// <summary>Standard deviation of the differences; unpaired the root of the mean variance of the arms.</summary>
    public required double StandardDeviation { get; init; }

    public required double StandardError { get; init; }

    public required double Freedom { get; init; }

    /// <summary>
    /// Two-sided p-value of Student's t test for pairs, or of Welch's t test. Differences that are all equal leave t without a denominator; then of the sign test.
    /// </summary>
    public double PValue => StandardError > 0 ? 2 * StudentT.CDF(0, 1, Freedom, -Math.Abs(Difference / StandardError))
        : Difference == 0 ? 1
        : Math.Pow(2, 1 - Seeds);

    /// <summary>
    /// The difference of two arms: in pairs when at least half of the seeds of both are common, so that what a seed does to both cancels out. Null when there are
    /// fewer than two pairs, or two seeds of an arm.
    /// </summary>
    public static MeanDifference? Between(Arm first, Arm second)
    {
        var (a, b) = (Finite(first), Finite(second));
        int[] common = [.. a.Keys.Where(b.ContainsKey).Order()];
        return common.Length >= 2 && 2 * common.Length >= Math.Max(a.Count, b.Count) ? Paired([.. common.Select(seed => a[seed] - b[seed])])
            : a.Count >= 2 && b.Count >= 2 ? Welch([.. a.Values], [.. b.Values])
            : null;
    }

    public double HalfWidth(double significance) => StandardError > 0 ? ArmSummary.TwoSided(significance, Freedom) * StandardError : 0;

    /// <summary>The same, seen from the other arm.</summary>
    public MeanDifference Reversed() => this with { Difference = -Difference };

    /// <summary>Seeds of each arm with which a true difference of this size is found with a probability of 80 %; null when that takes more than 10,000.</summary>
    public int? RequiredSeeds(double significance)
    {
        if (Difference == 0)
        {
            return null;
        }

        var effect = StandardDeviation > 0 ? Math.Abs(Difference) / StandardDeviation : 1;
        if (Power(MaximumSeeds, effect, significance, IsPaired) < WantedPower)
        {
            return null;
        }

        var (low, high) = (1, MaximumSeeds);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Power(middle, effect, significance, IsPaired) < WantedPower ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>Power of the two-sided t test (Cohen: Statistical Power Analysis for the Behavioral Sciences, 1988, chapter 2).</summary>
    /// <param name="seeds">Pairs, or seeds of each arm.</param>
    /// <param name="effect">The true difference, in standard deviations.</param>
    /// <param name="significance">Level of the test.</param>
    /// <param name="isPaired">Whether the test is that for pairs; else that for two samples of one size and variance.</param>
    public static double Power(int seeds, double effect, double significance, bool isPaired)
    {
        var freedom = isPaired ? seeds - 1 : (2 * seeds) - 2;
        var shift = effect * Math.Sqrt(isPaired ? seeds : seeds / 2.0);
        var critical = ArmSummary.TwoSided(significance, freedom);

        // The noncentral t distribution: a shifted normal variable over s, the root of chi-squared over its degrees of freedom.
        var root = Math.Sqrt(freedom);
        var width = 12 / Math.Sqrt(2.0 * freedom);
        return GaussLegendreRule.Integrate(
            s => root * Math.Exp(Chi.PDFLn(freedom, s * root)) * (Normal.CDF(0, 1, shift - (critical * s)) + Normal.CDF(0, 1, -shift - (critical * s))),
            Math.Max(0, 1 - width), 1 + width, 128);
    }

    private static Dictionary<int, double> Finite(Arm arm) => arm.Values.Where(value => double.IsFinite(value.Value)).ToDictionary();

    private static MeanDifference Paired(double[] differences)
    {
        var deviation = differences.All(difference => difference == differences[0]) ? 0 : differences.StandardDeviation();
        return new MeanDifference
        {
            IsPaired = true,
            Seeds = differences.Length,
            Difference = differences.Mean(),
            StandardDeviation = deviation,
            StandardError = deviation / Math.Sqrt(differences.Length),
            Freedom = differences.Length - 1,
        };
    }

    // Welch: The Generalization of "Student's" Problem when Several Different Population Variances are Involved, 1947.
    private static MeanDifference Welch(double[] a, double[] b)
    {
        var (varianceA, varianceB) = (a.Variance() / a.Length, b.Variance() / b.Length);
        var variance = varianceA + varianceB;
        return new MeanDifference
        {
            IsPaired = false,
            Seeds = Math.Min(a.Length, b.Length),
            Difference = a.Mean() - b.Mean(),
            StandardDeviation = Math.Sqrt((a.Variance() + b.Variance()) / 2),
            StandardError = Math.Sqrt(variance),
            Freedom = variance > 0 ? variance * variance / ((varianceA * varianceA / (a.Length - 1)) + (varianceB * varianceB / (b.Length - 1))) : 1,
        };
    }
}

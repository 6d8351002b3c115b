namespace Trainyard.Service.Compare;

/// <summary>
/// The 95 % confidence interval of the difference of two means with unequal variances (Welch: The generalization of Student's problem, 1947).
/// </summary>
internal static class WelchInterval
{
    // The 97.5 % quantiles of Student's t for 1 to 30 degrees of freedom; the last one for more, which makes the interval up to 4.2 % too wide.
    private static readonly double[] Quantiles =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];

    /// <summary>Of the first mean minus the second; null with fewer than two values of either.</summary>
    public static ConfidenceInterval? OfDifference(GroupScore first, GroupScore second)
    {
        if (first.Std is not { } a || second.Std is not { } b)
        {
            return null;
        }

        var (varianceA, varianceB) = (a * a / first.N, b * b / second.N);
        var error = Math.Sqrt(varianceA + varianceB);

        // Satterthwaite's degrees of freedom, rounded down; without any variance the interval is the difference itself.
        var degrees = error == 0 ? 1 : Math.Pow(varianceA + varianceB, 2) / ((varianceA * varianceA / (first.N - 1)) + (varianceB * varianceB / (second.N - 1)));
        var half = Quantiles[Math.Clamp((int)(degrees + 1e-9), 1, Quantiles.Length) - 1] * error;
        var difference = first.Mean - second.Mean;
        return new ConfidenceInterval { Low = difference - half, High = difference + half };
    }
}

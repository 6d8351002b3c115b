using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Trainyard.Studies.Comparison;

/// <summary>One setting of a comparison, trained with several seeds.</summary>
public sealed record Arm
{
    /// <summary>Name of the setting, unique in the comparison.</summary>
    public required string Name { get; init; }

    /// <summary>The metric by seed.</summary>
    public required IReadOnlyDictionary<int, double> Values { get; init; }
}

/// <summary>Summary of an arm, over the seeds with a finite value.</summary>
public sealed record ArmSummary
{
    /// <summary>Name of the arm.</summary>
    public required string Name { get; init; }

    /// <summary>Seeds with a finite value.</summary>
    public required int Seeds { get; init; }

    /// <summary>Seeds whose value is not finite: they diverged, and are left out.</summary>
    public required int DivergedSeeds { get; init; }

    /// <summary>Mean; null without a seed.</summary>
    public required double? Mean { get; init; }

    /// <summary>Sample standard deviation (n - 1); null with fewer than two seeds.</summary>
    public required double? StandardDeviation { get; init; }

    /// <summary>Half the width of the 95 % confidence interval of the mean, by Student's t; null with fewer than two seeds.</summary>
    public required double? HalfWidth { get; init; }

    /// <summary>Summarizes an arm.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="confidence">Level of the interval.</param>
    public static ArmSummary Of(Arm arm, double confidence = 0.95)
    {
        double[] values = [.. arm.Values.Values.Where(double.IsFinite)];
        double? deviation = values.Length > 1 ? values.StandardDeviation() : null;
        return new ArmSummary
        {
            Name = arm.Name,
            Seeds = values.Length,
            DivergedSeeds = arm.Values.Count - values.Length,
            Mean = values.Length > 0 ? values.Mean() : null,
            StandardDeviation = deviation,
            HalfWidth = deviation is { } known ? TwoSided(1 - confidence, values.Length - 1) * known / Math.Sqrt(values.Length) : null,
        };
    }

    /// <summary>The critical value of a two-sided t test.</summary>
    internal static double TwoSided(double significance, double freedom) => StudentT.InvCDF(0, 1, freedom, 1 - (significance / 2));
}

using Trainyard.Studies.Space;

namespace Trainyard.Studies.Tests.Search;

/// <summary>Test functions of global optimization, to minimize.</summary>
internal sealed record Objective(SearchSpace Space, double Minimum, Func<double[], double> Function, double Noise = 0)
{
    private static readonly (double Weight, double[] A, double[] P)[] HartmannTerms =
    [
        (1.0, [10, 3, 17, 3.5, 1.7, 8], [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886]),
        (1.2, [0.05, 10, 17, 0.1, 8, 14], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991]),
        (3.0, [3, 3.5, 1.7, 10, 17, 8], [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650]),
        (3.2, [17, 8, 0.05, 10, 0.1, 14], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381]),
    ];

    /// <summary>Branin: Dixon, Szego, Towards Global Optimisation 2, 1978. Three global minima.</summary>
    public static Objective Branin { get; } = new(
        Spaces.Read(Spaces.Float("x1", -5, 10), Spaces.Float("x2", 0, 15)), 0.397887, x =>
            Math.Pow(x[1] - (5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0]) + (5 / Math.PI * x[0]) - 6, 2) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x[0])) + 10);

    /// <summary>Hartmann's function of six variables, of the same source.</summary>
    public static Objective Hartmann6 { get; } = new(
        Spaces.Read([.. Enumerable.Range(1, 6).Select(index => Spaces.Float($"x{index}", 0, 1))]), -3.32237, x => -HartmannTerms.Sum(term =>
            term.Weight * Math.Exp(-x.Select((value, index) => term.A[index] * Math.Pow(value - term.P[index], 2)).Sum())));

    /// <summary>A bowl in four variables whose values are observed with noise.</summary>
    public static Objective NoisyQuadratic { get; } = new(
        Spaces.Read([.. Enumerable.Range(1, 4).Select(index => Spaces.Float($"x{index}", -5, 5))]), 0,
        x => x.Select((value, index) => Math.Pow(value - index + 1.5, 2)).Sum(), Noise: 0.5);

    public double At(Assignment assignment) => Function([.. Space.Parameters.Select(parameter => assignment[parameter.Name]!.Value.GetDouble())]);
}

using Trainyard.Studies.Random;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Importance;

/// <summary>How much the parameters of a study matter for its metric.</summary>
public sealed record ParameterImportance
{
    /// <summary>Trials that it is computed from: those that completed, failed or diverged.</summary>
    public required int Trials { get; init; }

    /// <summary>
    /// Share of the metric's variance, among trials that were not used for a tree, that the forest predicts (R squared); at most 1. Near 0 or below, the importances
    /// mean nothing.
    /// </summary>
    public required double Explained { get; init; }

    /// <summary>The parameters, the most important first.</summary>
    public required IReadOnlyList<ImportanceOfParameter> Parameters { get; init; }

    /// <summary>Pairs of parameters that matter together, the most important first.</summary>
    public required IReadOnlyList<ImportanceOfPair> Pairs { get; init; }
}

/// <summary>Importance of a parameter.</summary>
public sealed record ImportanceOfParameter
{
    /// <summary>Name of the parameter.</summary>
    public required string Name { get; init; }

    /// <summary>Share of the variance over the whole space that it explains by itself, by functional ANOVA; 0 to 1.</summary>
    public required double Fanova { get; init; }

    /// <summary>
    /// Its share of the loss of accuracy when the values of one parameter at a time are shuffled between trials; 0 to 1. Another method, as a check: both agree about
    /// what matters, though a parameter that matters only together with others has a low share by functional ANOVA.
    /// </summary>
    public required double Permutation { get; init; }
}

/// <summary>Importance of two parameters together.</summary>
public sealed record ImportanceOfPair
{
    /// <summary>Name of a parameter.</summary>
    public required string First { get; init; }

    /// <summary>Name of the other.</summary>
    public required string Second { get; init; }

    /// <summary>Share of the variance that they explain only together, by functional ANOVA; 0 to 1.</summary>
    public required double Fanova { get; init; }
}

/// <summary>
/// Computes importances from a random forest (Breiman: Random Forests, 2001) over the trials: functional ANOVA (Hutter et al., 2014), and permutation
/// importance on the trials that a tree has not seen (Breiman, 2001, section 10).
/// </summary>
public static class ImportanceAnalysis
{
    /// <summary>Fewer trials tell nothing.</summary>
    public const int MinimumTrials = 10;

    private const int Trees = 64;

    // Leaves of a tree at most, about: what many trials add beyond is noise, and time.
    private const int MaximumLeaves = 200;

    // Pairs are computed for the most important parameters only.
    private const int PairedParameters = 6;

    /// <summary>Computes the importances; null with too few trials, and when the metric does not vary or no parameter tells anything about it.</summary>
    /// <param name="space">The space.</param>
    /// <param name="trials">The trials; those that were stopped, cancelled or never trained are left out.</param>
    /// <param name="goal">Goal of the metric. A trial that failed or diverged has the value of the worst of the others.</param>
    /// <param name="seed">Seed of the forest.</param>
    public static ParameterImportance? Of(SearchSpace space, IReadOnlyList<TrialResult> trials, MetricGoal goal, int seed = 1)
    {
        TrialResult[] known = [.. trials.Where(trial => trial.State == TrialState.Completed || trial.IsFailure).OrderBy(trial => trial.Number)];
        double[] losses = [.. known.Select(trial => trial.IsFailure ? double.PositiveInfinity : goal.Loss(trial.Value!.Value))];
        var worst = losses.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        losses = [.. losses.Select(loss => Math.Min(loss, worst))];
        if (known.Length < MinimumTrials || losses.All(loss => loss == losses[0]))
        {
            return null;
        }

        Axis[] axes = [.. space.Parameters.Select(SpaceAxis.Of)];
        double[][] points = [.. known.Select(trial => space.Parameters.Select(parameter => SpaceAxis.Position(parameter, trial.Assignment)).ToArray())];
        var forest = Enumerable.Range(0, Trees).Select(tree => Tree.Grow(axes, points, losses, seed, tree)).ToArray();
        VarianceDecomposition[] decompositions = [.. forest.Select(tree => new VarianceDecomposition(axes, tree.Regression)).Where(tree => tree.Total > 0)];
        if (decompositions.Length == 0)
        {
            return null;
        }

        double[] permutation = [.. axes.Select((_, axis) => Math.Max(0, forest.Average(tree => tree.LossOfAccuracy(points, losses, axis, seed))))];
        var permutationTotal = permutation.Sum();
        double[] single = [.. axes.Select((_, axis) => decompositions.Average(tree => tree.Of(axis) / tree.Total))];
        int[] leading = [.. Enumerable.Range(0, axes.Length).OrderByDescending(axis => single[axis] + permutation[axis]).Take(PairedParameters).Order()];
        return new ParameterImportance
        {
            Trials = known.Length,
            Explained = Explained(forest, points, losses),
            Parameters =
            [
                .. space.Parameters.Select((parameter, axis) => new ImportanceOfParameter
                {
                    Name = parameter.Name,
                    Fanova = single[axis],
                    Permutation = permutationTotal > 0 ? permutation[axis] / permutationTotal : 0,
                }).OrderByDescending(parameter => parameter.Fanova),
            ],
            Pairs =
            [
                .. leading.SelectMany(first => leading.Where(second => second > first).Select(second => new ImportanceOfPair
                {
                    First = space.Parameters[first].Name,
                    Second = space.Parameters[second].Name,
                    Fanova = decompositions.Average(tree => tree.Of(first, second) / tree.Total),
                })).OrderByDescending(pair => pair.Fanova),
            ],
        };
    }

    // R squared of the mean prediction for each trial by the trees that have not seen it.
    private static double Explained(Tree[] forest, double[][] points, double[] values)
    {
        var mean = values.Average();
        var (residual, total) = (0.0, 0.0);
        for (var row = 0; row < values.Length; row++)
        {
            var predictions = forest.Where(tree => tree.IsUnseen(row)).Select(tree => tree.Regression.Predict(points[row])).DefaultIfEmpty(mean).Average();
            residual += Math.Pow(values[row] - predictions, 2);
            total += Math.Pow(values[row] - mean, 2);
        }

        return 1 - (residual / total);
    }

    // A tree on a bootstrap sample of the trials.
    private sealed record Tree(int Index, RegressionTree Regression, HashSet<int> Seen)
    {
        public static Tree Grow(Axis[] axes, double[][] points, double[] values, int seed, int index)
        {
            var random = TrialRandom.Stream(seed, RandomPurpose.Bootstrap, index);
            int[] rows = [.. values.Select(_ => random.Next(values.Length))];
            return new Tree(index, RegressionTree.Grow(axes, points, values, rows, Math.Max(1, rows.Length / MaximumLeaves)), [.. rows]);
        }

        public bool IsUnseen(int row) => !Seen.Contains(row);

        // Increase of the squared error on unseen trials when one column is shuffled among them.
        public double LossOfAccuracy(double[][] points, double[] values, int axis, int seed)
        {
            int[] unseen = [.. Enumerable.Range(0, values.Length).Where(IsUnseen)];
            if (unseen.Length < 2)
            {
                return 0;
            }

            double[] column = [.. unseen.Select(row => points[row][axis])];
            TrialRandom.Stream(seed, RandomPurpose.Permutation, Index).Shuffle(column);
            return unseen.Select((row, place) =>
            {
                double[] shuffled = [.. points[row]];
                shuffled[axis] = column[place];
                return Math.Pow(values[row] - Regression.Predict(shuffled), 2) - Math.Pow(values[row] - Regression.Predict(points[row]), 2);
            }).Average();
        }
    }
}

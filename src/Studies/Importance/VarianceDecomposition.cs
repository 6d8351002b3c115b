namespace Trainyard.Studies.Importance;

/// <summary>
/// Functional analysis of variance of a tree: the variance of its prediction over the whole space, split into parts that a parameter, or two of them together,
/// explain (Hutter, Hoos, Leyton-Brown: An Efficient Approach for Assessing Hyperparameter Importance, 2014, equations 1 to 6 and algorithm 2).
/// </summary>
internal sealed class VarianceDecomposition
{
    private readonly IReadOnlyList<Leaf> leaves;
    private readonly (double Middle, double Share)[][] cells;

    // Of each leaf and axis: the cells of the axis that the leaf covers.
    private readonly int[][][] covered;
    private readonly double mean;
    private readonly double[] single;

    public VarianceDecomposition(Axis[] axes, RegressionTree tree)
    {
        leaves = tree.Leaves();
        mean = leaves.Sum(leaf => leaf.Volume * leaf.Value);
        Total = leaves.Sum(leaf => leaf.Volume * Math.Pow(leaf.Value - mean, 2));
        cells = [.. axes.Select((axis, index) => Cells(axis, index))];
        covered = [.. leaves.Select(leaf => cells.Select((ofAxis, axis) => Covered(leaf.Box[axis], ofAxis)).ToArray())];
        single = [.. axes.Select((_, axis) => Marginal(axis).Zip(cells[axis], (marginal, cell) => cell.Share * Math.Pow(marginal - mean, 2)).Sum())];
    }

    /// <summary>Variance of the tree over the whole space.</summary>
    public double Total { get; }

    /// <summary>Variance that an axis explains by itself.</summary>
    public double Of(int axis) => single[axis];

    /// <summary>Variance that two axes explain together, beyond what each explains by itself.</summary>
    public double Of(int first, int second)
    {
        var (rows, columns) = (cells[first], cells[second]);
        var marginal = new double[rows.Length, columns.Length];
        foreach (var (index, leaf) in leaves.Index())
        {
            var weight = leaf.Value * leaf.Volume / (leaf.Box[first].Share * leaf.Box[second].Share);
            foreach (var row in covered[index][first])
            {
                foreach (var column in covered[index][second])
                {
                    marginal[row, column] += weight;
                }
            }
        }

        var variance = 0.0;
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < columns.Length; column++)
            {
                variance += rows[row].Share * columns[column].Share * Math.Pow(marginal[row, column] - mean, 2);
            }
        }

        return Math.Max(0, variance - single[first] - single[second]);
    }

    // The mean prediction in each cell of an axis, over all other axes.
    private double[] Marginal(int axis)
    {
        var marginal = new double[cells[axis].Length];
        foreach (var (index, leaf) in leaves.Index())
        {
            var weight = leaf.Value * leaf.Volume / leaf.Box[axis].Share;
            foreach (var cell in covered[index][axis])
            {
                marginal[cell] += weight;
            }
        }

        return marginal;
    }

    private static int[] Covered(AxisRange range, (double Middle, double Share)[] cells) =>
        [.. Enumerable.Range(0, cells.Length).Where(cell => range.Contains(cells[cell].Middle))];

    // The parts of an axis that no leaf divides.
    private (double Middle, double Share)[] Cells(Axis axis, int index)
    {
        if (axis.Categories is { } count)
        {
            return [.. Enumerable.Range(0, count).Select(category => ((double)category, 1.0 / count))];
        }

        double[] bounds = [.. leaves.SelectMany(leaf => new[] { leaf.Box[index].From, leaf.Box[index].To }).Distinct().Order()];
        return [.. bounds.Zip(bounds.Skip(1), (from, to) => ((from + to) / 2, to - from))];
    }
}

namespace Trainyard.Studies.Importance;

/// <summary>
/// A regression tree (Breiman, Friedman, Olshen, Stone: Classification and Regression Trees, 1984), grown until its leaves are pure or small. A numeric axis of the
/// space is [0, 1]; a position on an axis of categories is the index of one, and a split takes any subset of them.
/// </summary>
internal sealed class RegressionTree
{
    private readonly Axis[] axes;
    private readonly Node root;

    private RegressionTree(Axis[] axes, Node root)
    {
        this.axes = axes;
        this.root = root;
    }

    /// <summary>Grows a tree on the given rows; a row may be given several times.</summary>
    public static RegressionTree Grow(Axis[] axes, double[][] points, double[] values, int[] rows, int minimumLeaf) =>
        new(axes, Grow(axes, points, values, rows, minimumLeaf, depth: 0));

    public double Predict(double[] point)
    {
        var node = root;
        while (node.Split is { } split)
        {
            node = split.GoesLeft(point[split.Axis]) ? split.Left : split.Right;
        }

        return node.Value;
    }

    /// <summary>The leaves: disjoint boxes that fill the space.</summary>
    public IReadOnlyList<Leaf> Leaves()
    {
        List<Leaf> leaves = [];
        Collect(root, [.. axes.Select(axis => axis.Whole)]);
        return leaves;

        void Collect(Node node, AxisRange[] box)
        {
            if (node.Split is not { } split)
            {
                leaves.Add(new Leaf(box, node.Value));
                return;
            }

            var (left, right) = box[split.Axis].Divide(split);
            Collect(split.Left, [.. box.Select((range, axis) => axis == split.Axis ? left : range)]);
            Collect(split.Right, [.. box.Select((range, axis) => axis == split.Axis ? right : range)]);
        }
    }

    private static Node Grow(Axis[] axes, double[][] points, double[] values, int[] rows, int minimumLeaf, int depth)
    {
        const int MaximumDepth = 64;
        var mean = rows.Average(row => values[row]);
        if (depth == MaximumDepth || BestSplit(axes, points, values, rows, minimumLeaf) is not { } split)
        {
            return new Node(mean, null);
        }

        var (axis, threshold, left) = split;
        var goesLeft = rows.ToLookup(row => left is null ? points[row][axis] <= threshold : left.Contains((int)points[row][axis]));
        return new Node(mean, new Split(
            axis, threshold, left, Grow(axes, points, values, [.. goesLeft[true]], minimumLeaf, depth + 1),
            Grow(axes, points, values, [.. goesLeft[false]], minimumLeaf, depth + 1)));
    }

    // The split with the lowest sum of squared errors; null when the values are equal, or no axis separates the rows.
    private static (int Axis, double Threshold, HashSet<int>? Left)? BestSplit(Axis[] axes, double[][] points, double[] values, int[] rows, int minimumLeaf)
    {
        var total = rows.Sum(row => values[row]);
        var unsplit = total * total / rows.Length;
        (int Axis, double Threshold, HashSet<int>? Left)? best = null;
        var bestGain = 1e-12 * rows.Sum(row => values[row] * values[row]);
        for (var axis = 0; axis < axes.Length; axis++)
        {
            // Of categories in the order of their means, one cut is the best of all subsets (Breiman et al., 1984, theorem 4.5).
            var column = axis;
            var means = axes[axis].Categories is null
                ? null
                : rows.GroupBy(row => (int)points[row][column]).ToDictionary(group => group.Key, group => group.Average(row => values[row]));
            double[] keys = [.. rows.Select(row => means is null ? points[row][column] : means[(int)points[row][column]])];
            int[] ordered = [.. rows];
            Array.Sort(keys, ordered);
            var sum = 0.0;
            for (var count = 1; count < ordered.Length; count++)
            {
                sum += values[ordered[count - 1]];
                if (keys[count] <= keys[count - 1] || count < minimumLeaf || ordered.Length - count < minimumLeaf)
                {
                    continue;
                }

                var rest = total - sum;
                var gain = (sum * sum / count) + (rest * rest / (ordered.Length - count)) - unsplit;
                if (gain > bestGain)
                {
                    bestGain = gain;
                    best = (axis, (keys[count - 1] + keys[count]) / 2, means is null ? null : [.. ordered[..count].Select(row => (int)points[row][column])]);
                }
            }
        }

        return best;
    }

    internal sealed record Split(int Axis, double Threshold, HashSet<int>? LeftCategories, Node Left, Node Right)
    {
        public bool GoesLeft(double position) => LeftCategories?.Contains((int)position) ?? position <= Threshold;
    }

    internal sealed record Node(double Value, Split? Split);
}

namespace Trainyard.Studies.Trials;

/// <summary>Direction of a study.</summary>
public enum MetricGoal
{
    /// <summary>Lower is better.</summary>
    Minimize,

    /// <summary>Higher is better.</summary>
    Maximize,
}

/// <summary>Comparisons by a goal.</summary>
public static class MetricGoals
{
    /// <summary>The value with a sign by which lower is better. A value that is not finite (a diverged run) is the worst, positive infinity.</summary>
    public static double Loss(this MetricGoal goal, double value) =>
        !double.IsFinite(value) ? double.PositiveInfinity : goal == MetricGoal.Minimize ? value : -value;

    /// <summary>Whether the first value is better than the second.</summary>
    public static bool IsBetter(this MetricGoal goal, double value, double than) => goal.Loss(value) < goal.Loss(than);
}

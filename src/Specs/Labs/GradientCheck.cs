using Trainyard.Specs.Json;

namespace Trainyard.Specs.Labs;

/// <summary>A request of lab <c>gradient-check</c>.</summary>
[OptionalMembers]
public sealed record GradientCheckRequest
{
    /// <summary>Distance of the two points of a central difference (h).</summary>
    [Number(1e-12, 0.1)]
    public double Step { get; init; } = 1e-5;

    /// <summary>Seed of the inputs and weights.</summary>
    [Number(0, 1_000_000)]
    public int Seed { get; init; } = 1;
}

/// <summary>What is checked.</summary>
public enum GradientSubject
{
    /// <summary>A layer.</summary>
    Layer,

    /// <summary>An activation.</summary>
    Activation,

    /// <summary>A loss.</summary>
    Loss,

    /// <summary>A penalty on the weights.</summary>
    Penalty,
}

/// <summary>Numerical gradient and backpropagation of one subject.</summary>
public sealed record GradientCheckEntry
{
    /// <summary>What it is.</summary>
    public required GradientSubject Subject { get; init; }

    /// <summary>Its name in the catalog.</summary>
    public required string Name { get; init; }

    /// <summary>Its settings in words, as in <c>3x3, stride 2</c>; empty when there is nothing to tell.</summary>
    public required string Settings { get; init; }

    /// <summary>How many values the gradient has: inputs and parameters.</summary>
    public required int Values { get; init; }

    /// <summary>Largest difference of the two gradients, divided by the largest value of either.</summary>
    public required double RelativeError { get; init; }

    /// <summary>Whether the relative error is below the tolerance.</summary>
    public required bool Passed { get; init; }

    /// <summary>Time of one backpropagation: forward and backward.</summary>
    public required double BackpropagationSeconds { get; init; }

    /// <summary>Time of the numerical gradient: two forward passes for each value.</summary>
    public required double NumericalSeconds { get; init; }
}

/// <summary>Relative error of one step size.</summary>
public sealed record StepError
{
    /// <summary>Step size (h).</summary>
    public required double Step { get; init; }

    /// <summary>Error of the central difference, (f(x + h) - f(x - h)) / 2h.</summary>
    public required double Central { get; init; }

    /// <summary>Error of the one-sided difference, (f(x + h) - f(x)) / h.</summary>
    public required double Forward { get; init; }
}

/// <summary>Result of lab <c>gradient-check</c>.</summary>
public sealed record GradientCheckResult
{
    /// <summary>Relative error below which a check passes.</summary>
    public required double Tolerance { get; init; }

    /// <summary>The largest relative error of all checks.</summary>
    public required double LargestError { get; init; }

    /// <summary>The checks.</summary>
    public required IReadOnlyList<GradientCheckEntry> Entries { get; init; }

    /// <summary>The error of one subject, a dense layer with tanh, over the step size: truncation on the left end, rounding on the other.</summary>
    public required IReadOnlyList<StepError> Steps { get; init; }
}

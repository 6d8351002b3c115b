using Trainyard.Specs.Json;

namespace Trainyard.Specs.Labs;

/// <summary>A request of lab <c>adam-bias-correction</c>.</summary>
[OptionalMembers]
public sealed record AdamBiasRequest
{
    /// <summary>The function, an expression of x and y.</summary>
    [Text(1, Expressions.Expression.MaximumLength)]
    public string Expression { get; init; } = "x^2 / 20 + y^2";

    /// <summary>Where it starts.</summary>
    public PlanePoint Start { get; init; } = new() { X = -7, Y = 2 };

    /// <summary>Updates.</summary>
    [Number(1, 500)]
    public int Steps { get; init; } = 50;

    /// <summary>Learning rate.</summary>
    [Number(0, 10, MinimumExclusive = true)]
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Decay of the mean of gradients.</summary>
    [Number(0, 0.999999)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean of squared gradients.</summary>
    [Number(0, 0.999999)]
    public double Beta2 { get; init; } = 0.999;
}

/// <summary>Adam with or without bias correction.</summary>
public sealed record AdamCurve
{
    /// <summary>Whether it corrects the bias of its means.</summary>
    public required bool BiasCorrection { get; init; }

    /// <summary>Length of each update in x, in learning rates.</summary>
    public required IReadOnlyList<double> StepX { get; init; }

    /// <summary>Length of each update in y, in learning rates.</summary>
    public required IReadOnlyList<double> StepY { get; init; }

    /// <summary>Value of the function at the start and after each update.</summary>
    public required IReadOnlyList<double> Value { get; init; }
}

/// <summary>Result of lab <c>adam-bias-correction</c>.</summary>
public sealed record AdamBiasResult
{
    /// <summary>With bias correction, then without.</summary>
    public required IReadOnlyList<AdamCurve> Curves { get; init; }

    /// <summary>Length of each update without correction for a gradient that stays the same, in learning rates: (1 - beta1^t) / sqrt(1 - beta2^t).</summary>
    public required IReadOnlyList<double> Theory { get; init; }
}

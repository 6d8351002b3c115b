using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Labs;

/// <summary>A point of the plane.</summary>
public sealed record PlanePoint
{
    /// <summary>First coordinate.</summary>
    [Number(-1e6, 1e6)]
    public required double X { get; init; }

    /// <summary>Second coordinate.</summary>
    [Number(-1e6, 1e6)]
    public required double Y { get; init; }
}

/// <summary>A range of one coordinate.</summary>
public sealed record PlaneRange
{
    /// <summary>Lower end.</summary>
    [Number(-1e6, 1e6)]
    public required double Low { get; init; }

    /// <summary>Upper end.</summary>
    [Number(-1e6, 1e6)]
    public required double High { get; init; }
}

/// <summary>A part of the plane.</summary>
public sealed record PlaneRegion
{
    /// <summary>Range of x.</summary>
    public required PlaneRange X { get; init; }

    /// <summary>Range of y.</summary>
    public required PlaneRange Y { get; init; }
}

/// <summary>A request of lab <c>optimizer-paths</c>; by default the bowl of the lecture and its four optimizers.</summary>
[OptionalMembers]
public sealed record OptimizerPathsRequest
{
    /// <summary>The function, an expression of x and y.</summary>
    [Text(1, Expressions.Expression.MaximumLength)]
    public string Expression { get; init; } = "x^2 / 20 + y^2";

    /// <summary>Where all optimizers start.</summary>
    public PlanePoint Start { get; init; } = new() { X = -7, Y = 2 };

    /// <summary>The minimum, for the overshoot and the distance from it; null: not known.</summary>
    public PlanePoint? Minimum { get; init; } = new() { X = 0, Y = 0 };

    /// <summary>Updates of each optimizer.</summary>
    [Number(1, 500)]
    public int Steps { get; init; } = 30;

    /// <summary>Optimizers as in a spec: a name, or an object with the name and its parameters.</summary>
    [Items(1, 8)]
    public IReadOnlyList<JsonElement> Optimizers { get; init; } =
    [
        Rate("sgd", 0.95), Rate("momentum", 0.1), Rate("adagrad", 1.5), Rate("adam", 0.3),
    ];

    /// <summary>The part of the plane whose heights are sampled.</summary>
    public PlaneRegion Region { get; init; } = new() { X = new() { Low = -8, High = 8 }, Y = new() { Low = -4, High = 4 } };

    internal static JsonElement Rate(string name, double learningRate) => JsonSerializer.SerializeToElement(new { name, learningRate }, SpecJson.Options);
}

/// <summary>How far a path went beyond the minimum, and how often.</summary>
public sealed record Overshoot
{
    /// <summary>In x, as a share of the distance of the start; 0: it never crossed the minimum.</summary>
    public required double X { get; init; }

    /// <summary>In y.</summary>
    public required double Y { get; init; }

    /// <summary>How often x crossed that of the minimum.</summary>
    public required int CrossingsX { get; init; }

    /// <summary>How often y crossed that of the minimum: a zigzag.</summary>
    public required int CrossingsY { get; init; }
}

/// <summary>The path of an optimizer.</summary>
public sealed record OptimizerPath
{
    /// <summary>The optimizer, with all of its parameters.</summary>
    public required TechniqueChoice Optimizer { get; init; }

    /// <summary>First coordinate of the start and after each update; fewer than asked for when it left the numbers.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>Second coordinate.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>Value of the function.</summary>
    public required IReadOnlyList<double> Value { get; init; }

    /// <summary>Whether a coordinate or the value exceeded 1e9 in magnitude, or was no finite number; the path ends before it.</summary>
    public required bool Diverged { get; init; }

    /// <summary>How far it went beyond the minimum; null when no minimum is known.</summary>
    public required Overshoot? Overshoot { get; init; }

    /// <summary>Distance of its last point from the minimum; null when none is known.</summary>
    public required double? Distance { get; init; }
}

/// <summary>Heights of a function on a grid.</summary>
public sealed record HeightGrid
{
    /// <summary>Points in x, from the lower to the upper end.</summary>
    public required int Columns { get; init; }

    /// <summary>Points in y.</summary>
    public required int Rows { get; init; }

    /// <summary>The values with six digits, row by row from the lower end; null where the value is no finite number.</summary>
    public required IReadOnlyList<double?> Values { get; init; }
}

/// <summary>Result of lab <c>optimizer-paths</c>.</summary>
public sealed record OptimizerPathsResult
{
    /// <summary>A path for each optimizer.</summary>
    public required IReadOnlyList<OptimizerPath> Paths { get; init; }

    /// <summary>The function over the region.</summary>
    public required HeightGrid Grid { get; init; }
}

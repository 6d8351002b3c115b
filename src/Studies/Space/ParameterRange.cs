using System.Text.Json;

namespace Trainyard.Studies.Space;

/// <summary>The values of a parameter as points of the unit interval, and back.</summary>
public static class ParameterRange
{
    // Relative to a step: 0.1 + 0.1 + 0.1 still reaches 0.3.
    private const double Tolerance = 1e-9;

    private const double MaximumSteps = 1e12;

    // As many as SearchParameter.Points may name.
    private const int MaximumPoints = 10_000;

    /// <summary>The value at a point of the unit interval: every value is equally likely, or with <c>log</c> its logarithm.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="unit">0 (included) to 1 (not included).</param>
    public static JsonElement FromUnit(SearchParameter parameter, double unit)
    {
        if (parameter.Kind == SearchParameterKind.Categorical)
        {
            var values = parameter.Values!;
            return values[Math.Min((int)(unit * values.Count), values.Count - 1)];
        }

        var (low, high) = Scaled(parameter);
        return CanonicalJson.Number(FromScaled(parameter, low + ((high - low) * unit)));
    }

    /// <summary>The ends of a range on the scale on which it is spread evenly; each step, or integer, has the same length of it.</summary>
    internal static (double Low, double High) Scaled(SearchParameter parameter)
    {
        var (low, high) = (parameter.Low!.Value, parameter.High!.Value);
        if (parameter.StepOrNull() is { } step)
        {
            high = low + (step * Math.Floor(((high - low) / step) + Tolerance));

            // Half a step more at each end, so that the ends are as likely as the values between them.
            (low, high) = (low - (step / 2), high + (step / 2));
        }

        return parameter.Log ? (Math.Log(low), Math.Log(high)) : (low, high);
    }

    /// <summary>The value on that scale.</summary>
    internal static double ToScaled(SearchParameter parameter, double value) => parameter.Log ? Math.Log(value) : value;

    /// <summary>The nearest value of the range to a point of that scale.</summary>
    internal static double FromScaled(SearchParameter parameter, double scaled)
    {
        var (low, high) = (parameter.Low!.Value, parameter.High!.Value);
        var value = parameter.Log ? Math.Exp(scaled) : scaled;
        if (parameter.StepOrNull() is { } step)
        {
            var last = Math.Floor(((high - low) / step) + Tolerance);

            // As decimal, 0.1 + 2 * 0.1 is 0.3.
            var steps = Math.Clamp(Math.Round((value - low) / step), 0, last);
            value = Exact(low, steps, step);
        }

        return Math.Clamp(value, low, high);
    }

    /// <summary>The part of that scale that belongs to the value of a stepped range at a point of it; null when the range has no steps.</summary>
    internal static (double Left, double Right)? StepAround(SearchParameter parameter, double scaled)
    {
        if (parameter.StepOrNull() is not { } step)
        {
            return null;
        }

        var value = parameter.Log ? Math.Exp(scaled) : scaled;
        return (ToScaled(parameter, value - (step / 2)), ToScaled(parameter, value + (step / 2)));
    }

    /// <summary>The values of a parameter in a grid, in ascending order or as listed; null when its range has no points, or more than 10,000.</summary>
    public static IReadOnlyList<JsonElement>? GridValues(SearchParameter parameter)
    {
        if (parameter.Kind == SearchParameterKind.Categorical)
        {
            return parameter.Values;
        }

        if (parameter.Points is { } points)
        {
            var (low, high) = (ToScaled(parameter, parameter.Low!.Value), ToScaled(parameter, parameter.High!.Value));
            return
            [
                .. Enumerable.Range(0, points)
                    .Select(point => point == 0 ? parameter.Low!.Value : point == points - 1 ? parameter.High!.Value : low.Between(high, point / (points - 1.0), parameter))
                    .Select(value => FromScaled(parameter, ToScaled(parameter, value))).Distinct().Select(CanonicalJson.Number),
            ];
        }

        if (parameter.Log || parameter.StepOrNull() is not { } step)
        {
            return null;
        }

        var steps = Math.Floor(((parameter.High!.Value - parameter.Low!.Value) / step) + Tolerance);
        return steps >= MaximumPoints
            ? null
            : [.. Enumerable.Range(0, (int)steps + 1).Select(index => CanonicalJson.Number(Math.Min(Exact(parameter.Low!.Value, index, step), parameter.High!.Value)))];
    }

    private static double Between(this double low, double high, double share, SearchParameter parameter) =>
        parameter.Log ? Math.Exp(low + ((high - low) * share)) : low + ((high - low) * share);

    // Steps that a double cannot tell apart are none.
    private static double? StepOrNull(this SearchParameter parameter) => parameter.Kind == SearchParameterKind.Int ? parameter.Step ?? 1
        : parameter.Step is { } step && (parameter.High - parameter.Low) / step < MaximumSteps ? step
        : null;

    private static double Exact(double low, double steps, double step) => IsDecimal(low) && IsDecimal(step) && Math.Abs(steps) < 1e9
        ? (double)((decimal)low + ((decimal)steps * (decimal)step))
        : low + (steps * step);

    private static bool IsDecimal(double number) => Math.Abs(number) is 0 or (> 1e-9 and < 1e9);
}

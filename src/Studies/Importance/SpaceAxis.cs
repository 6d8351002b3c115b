using Trainyard.Studies.Space;

namespace Trainyard.Studies.Importance;

/// <summary>Trials as points: a numeric parameter on the scale on which it is spread, a categorical one as the index of its value.</summary>
internal static class SpaceAxis
{
    public static Axis Of(SearchParameter parameter) => new(parameter.Kind == SearchParameterKind.Categorical ? parameter.Values!.Count : null);

    /// <summary>The position of a trial. A parameter that is not part of it stands in the middle, as at a default (Hutter et al., 2014, section 3).</summary>
    public static double Position(SearchParameter parameter, Assignment assignment)
    {
        if (parameter.Kind == SearchParameterKind.Categorical)
        {
            var text = assignment[parameter.Name]?.GetRawText();
            return Math.Max(0, parameter.Values!.Select(CanonicalJson.Text).ToList().IndexOf(text ?? ""));
        }

        var (low, high) = ParameterRange.Scaled(parameter);
        return assignment[parameter.Name] is { } value ? (ParameterRange.ToScaled(parameter, value.GetDouble()) - low) / (high - low) : 0.5;
    }
}

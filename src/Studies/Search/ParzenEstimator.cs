using System.Text.Json;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Search;

/// <summary>
/// A density over one or more parameters: a mixture of a kernel around each trial and the prior. A kernel is the product of its parameters'. Older trials weigh
/// less (linear forgetting, as in Bergstra et al., 2013).
/// </summary>
internal sealed class ParzenEstimator
{
    // The newest trials have full weight.
    private const int Remembered = 25;

    private readonly ParzenDimension[] dimensions;
    private readonly double[] logWeights;
    private readonly double[] cumulative;

    private ParzenEstimator(ParzenDimension[] dimensions, double[] weights)
    {
        this.dimensions = dimensions;
        var total = weights.Sum();
        logWeights = [.. weights.Select(weight => Math.Log(weight / total))];
        cumulative = new double[weights.Length];
        var sum = 0.0;
        for (var kernel = 0; kernel < weights.Length; kernel++)
        {
            cumulative[kernel] = sum += weights[kernel] / total;
        }
    }

    /// <param name="parameters">The parameters.</param>
    /// <param name="trials">The trials, oldest first; those without one of the parameters are left out.</param>
    public static ParzenEstimator Of(SearchParameter[] parameters, IEnumerable<TrialResult> trials)
    {
        JsonElement[][] observed =
        [
            .. trials.Select(trial => parameters.Select(parameter => trial.Assignment[parameter.Name]).ToArray())
                .Where(values => values.All(value => value is not null)).Select(values => values.Select(value => value!.Value).ToArray()),
        ];
        return new ParzenEstimator(
            [.. parameters.Select((parameter, index) => ParzenDimension.Of(parameter, [.. observed.Select(values => values[index])], parameters.Length))],
            [.. Weights(observed.Length)]);
    }

    /// <summary>A point: for each parameter its position on the scale of its range, or the index of its value.</summary>
    public double[] Sample(System.Random random)
    {
        var draw = random.NextDouble();
        var kernel = Array.FindIndex(cumulative, sum => draw < sum);
        kernel = kernel < 0 ? cumulative.Length - 1 : kernel;
        return [.. dimensions.Select(dimension => dimension.Sample(kernel, random.NextDouble()))];
    }

    public double LogDensity(double[] point)
    {
        var terms = new double[logWeights.Length];
        for (var kernel = 0; kernel < terms.Length; kernel++)
        {
            terms[kernel] = logWeights[kernel];
            for (var dimension = 0; dimension < dimensions.Length; dimension++)
            {
                terms[kernel] += dimensions[dimension].LogDensity(kernel, point[dimension]);
            }
        }

        var maximum = terms.Max();
        return maximum + Math.Log(terms.Sum(term => Math.Exp(term - maximum)));
    }

    public JsonElement ValueOf(int dimension, double position) => dimensions[dimension].ValueOf(position);

    // Of the trials, then of the prior, which counts as one trial.
    private static IEnumerable<double> Weights(int trials)
    {
        var ramp = Math.Max(0, trials - Remembered);
        for (var trial = 0; trial < trials; trial++)
        {
            yield return trial >= ramp || ramp == 1 ? 1 : (1.0 / trials) + ((1 - (1.0 / trials)) * trial / (ramp - 1));
        }

        yield return 1;
    }
}

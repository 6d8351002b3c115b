using System.Text.Json;
using MathNet.Numerics.Distributions;
using Trainyard.Studies.Space;

namespace Trainyard.Studies.Search;

/// <summary>One parameter of a <see cref="ParzenEstimator"/>: a kernel for each trial, then that of the prior.</summary>
internal abstract class ParzenDimension
{
    public static ParzenDimension Of(SearchParameter parameter, IReadOnlyList<JsonElement> values, int dimensions) =>
        parameter.Kind == SearchParameterKind.Categorical ? new Categorical(parameter, values) : new Numeric(parameter, values, dimensions);

    // unit: Uniform in 0 to 1.
    public abstract double Sample(int kernel, double unit);

    public abstract double LogDensity(int kernel, double position);

    public abstract JsonElement ValueOf(double position);

    /// <summary>Normal kernels that are cut at the ends of the range; of a stepped range the probability of the step.</summary>
    private sealed class Numeric : ParzenDimension
    {
        // Standard deviation of kernels in several dimensions, in units of the range, before it shrinks with the number of trials (Scott's rule).
        private const double JointBandwidth = 0.2;

        private readonly SearchParameter parameter;
        private readonly double low;
        private readonly double high;
        private readonly double[] means;
        private readonly double[] deviations;

        // Of each kernel: the normal distribution function at both ends of the range.
        private readonly (double Low, double High)[] ends;

        public Numeric(SearchParameter parameter, IReadOnlyList<JsonElement> values, int dimensions)
        {
            this.parameter = parameter;
            (low, high) = ParameterRange.Scaled(parameter);
            means = [.. values.Select(value => ParameterRange.ToScaled(parameter, value.GetDouble())), (low + high) / 2];
            deviations = dimensions == 1 ? Neighbors() : Scott(dimensions);
            deviations[^1] = high - low;
            ends = [.. means.Zip(deviations, (mean, deviation) => (Normal.CDF(mean, deviation, low), Normal.CDF(mean, deviation, high)))];
        }

        public override double Sample(int kernel, double unit)
        {
            var (from, to) = ends[kernel];
            var position = Math.Clamp(Normal.InvCDF(means[kernel], deviations[kernel], Math.Clamp(from + ((to - from) * unit), 1e-300, 1 - 1e-16)), low, high);
            return ParameterRange.ToScaled(parameter, ParameterRange.FromScaled(parameter, position));
        }

        public override double LogDensity(int kernel, double position)
        {
            var (from, to) = ends[kernel];
            var density = ParameterRange.StepAround(parameter, position) is var (left, right)
                ? Normal.CDF(means[kernel], deviations[kernel], right) - Normal.CDF(means[kernel], deviations[kernel], left)
                : Normal.PDF(means[kernel], deviations[kernel], position);
            return Math.Log(Math.Max(density / (to - from), 1e-300));
        }

        public override JsonElement ValueOf(double position) => CanonicalJson.Number(ParameterRange.FromScaled(parameter, position));

        // Bergstra et al., 2011: the greater of the distances to the left and right neighbor, within limits that shrink with the number of trials.
        private double[] Neighbors()
        {
            int[] order = [.. Enumerable.Range(0, means.Length).OrderBy(kernel => means[kernel])];
            var narrowest = (high - low) / Math.Min(100, means.Length);
            var result = new double[means.Length];
            for (var rank = 0; rank < order.Length; rank++)
            {
                var left = rank == 0 ? means[order[rank]] - low : means[order[rank]] - means[order[rank - 1]];
                var right = rank == order.Length - 1 ? high - means[order[rank]] : means[order[rank + 1]] - means[order[rank]];
                result[order[rank]] = Math.Clamp(Math.Max(left, right), narrowest, high - low);
            }

            return result;
        }

        private double[] Scott(int dimensions)
        {
            var deviation = JointBandwidth * Math.Pow(Math.Max(1, means.Length - 1), -1.0 / (dimensions + 4)) * (high - low);
            return [.. means.Select(_ => Math.Max(deviation, (high - low) / Math.Min(100, means.Length)))];
        }
    }

    /// <summary>
    /// Each trial counts for its value, and one more count of each value is spread over the kernels: the probabilities N p + C of Bergstra et al., 2011, with a uniform
    /// prior p of N values and C trials.
    /// </summary>
    private sealed class Categorical : ParzenDimension
    {
        private readonly SearchParameter parameter;

        // -1: the kernel of the prior, or of a value that is no longer in the list.
        private readonly int[] chosen;

        public Categorical(SearchParameter parameter, IReadOnlyList<JsonElement> values)
        {
            this.parameter = parameter;
            string[] texts = [.. parameter.Values!.Select(CanonicalJson.Text)];
            chosen = [.. values.Select(value => Array.IndexOf(texts, CanonicalJson.Text(value))), -1];
        }

        private int Count => parameter.Values!.Count;

        public override double Sample(int kernel, double unit)
        {
            var sum = 0.0;
            for (var index = 0; index < Count; index++)
            {
                sum += Probability(kernel, index);
                if (unit < sum)
                {
                    return index;
                }
            }

            return Count - 1;
        }

        public override double LogDensity(int kernel, double position) => Math.Log(Probability(kernel, (int)position));

        public override JsonElement ValueOf(double position) => parameter.Values![(int)position];

        private double Probability(int kernel, int index) => chosen[kernel] < 0
            ? 1.0 / Count
            : ((chosen[kernel] == index ? 1 : 0) + (1.0 / chosen.Length)) / (1 + ((double)Count / chosen.Length));
    }
}

using System.Runtime.CompilerServices;
using Trainyard.Specs.Events.Observation;

namespace Trainyard.Trainer.Observation;

// Values of a tensor on the host: all of them, or of a large tensor evenly spaced ones. The loops over them are compiled with all optimizations at once: they
// run too seldom to be found worth it, and are an observation's largest part.
internal sealed record ValueSample(float[] Values)
{
    public const int Bins = 64;

    /// <summary>The most values that are copied; their mean is off by 0.4 % of the standard deviation.</summary>
    public const int Limit = 65_536;

    // Copies values. Waits for the device. tensor: [...]; of images and filters, channels are best last in memory.
    public static ValueSample Of(Tensor tensor)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var stored = tensor.detach();
        stored = stored.dim() == 4 ? stored.permute(0, 2, 3, 1) : stored;
        var flat = stored.reshape(-1);
        var step = Step(flat.numel(), stored.dim() > 1 ? stored.shape[^1] : 1);
        if (step > 1)
        {
            flat = flat.slice(0, 0, flat.numel(), step);
        }

        using var values = flat.to_type(ScalarType.Float32).cpu().contiguous().data<float>();
        return new ValueSample(values.ToArray());
    }

    public static ValueSample Of(IReadOnlyList<Tensor> tensors)
    {
        if (tensors.Count == 1)
        {
            return Of(tensors[0]);
        }

        float[][] parts = [.. tensors.Select(tensor => Of(tensor).Values)];
        var values = new float[parts.Sum(part => part.Length)];
        var filled = 0;
        foreach (var part in parts)
        {
            part.CopyTo(values, filled);
            filled += part.Length;
        }

        return new ValueSample(values);
    }

    // From one value to the next: the smallest step that stays within the limit and shares no factor with the number of channels, so that all channels are met
    // equally often.
    public static long Step(long count, long channels)
    {
        var step = Math.Max(1, (count + Limit - 1) / Limit);
        while (step > 1 && Factor(step, channels) > 1)
        {
            step++;
        }

        return step;

        static long Factor(long a, long b) => b == 0 ? a : Factor(b, a % b);
    }

    /// <summary>Mean and standard deviation (of the whole, not of a sample of it).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double Mean, double Std) Moments()
    {
        double sum = 0;
        foreach (var value in Values)
        {
            sum += value;
        }

        var mean = sum / Values.Length;
        double squares = 0;
        foreach (var value in Values)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, Math.Sqrt(squares / Values.Length));
    }

    public double ZeroShare() => (double)Values.AsSpan().Count(0f) / Values.Length;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double ShareOutside(SaturationRange range)
    {
        var outside = 0;
        foreach (var value in Values)
        {
            if (value < range.Low || value > range.High)
            {
                outside++;
            }
        }

        return (double)outside / Values.Length;
    }

    /// <summary>Counts in bins of equal width from the smallest to the largest value; values that are not finite are left out. Null: none is finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Histogram? Histogram()
    {
        float min = float.PositiveInfinity, max = float.NegativeInfinity;
        foreach (var value in Values)
        {
            if (float.IsFinite(value))
            {
                min = Math.Min(min, value);
                max = Math.Max(max, value);
            }
        }

        if (min > max)
        {
            return null;
        }

        var counts = new int[Bins];
        var scale = max > min ? Bins / ((double)max - min) : 0;
        foreach (var value in Values)
        {
            if (float.IsFinite(value))
            {
                counts[Math.Min(Bins - 1, (int)(((double)value - min) * scale))]++;  // the largest value belongs to the last bin
            }
        }

        return new Histogram { Min = min, Max = max, Counts = counts };
    }
}

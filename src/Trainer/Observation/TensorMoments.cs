using Trainyard.Specs.Events.Observation;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Observation;

/// <summary>Norm, mean and standard deviation of some tensors taken together, computed where they are.</summary>
internal sealed class TensorMoments
{
    private readonly Measurements measurements;
    private readonly List<(long Count, int Norm, int Variance, int Mean)> parts = [];

    public TensorMoments(Measurements measurements, IEnumerable<Tensor> tensors)
    {
        this.measurements = measurements;
        foreach (var tensor in tensors)
        {
            var values = tensor.detach().to_type(ScalarType.Float64);
            var (variance, mean) = values.var_mean(unbiased: false);
            parts.Add((values.numel(), measurements.Add(values.norm()), measurements.Add(variance), measurements.Add(mean)));
        }
    }

    /// <summary>Euclidean norm, after the measurements were fetched.</summary>
    public double Norm => Math.Sqrt(parts.Sum(part => Math.Pow(measurements[part.Norm], 2)));

    public TensorStatistics Read()
    {
        var count = parts.Sum(part => (double)part.Count);
        var mean = parts.Sum(part => part.Count * measurements[part.Mean]) / count;
        var variance = parts.Sum(part => part.Count * (measurements[part.Variance] + Math.Pow(measurements[part.Mean] - mean, 2))) / count;
        return new TensorStatistics
        {
            Norm = EventWriter.Finite(Norm),
            Mean = EventWriter.Finite(mean),
            Std = EventWriter.Finite(Math.Sqrt(variance)),
        };
    }
}

using Trainyard.Specs.Events.Observation;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Layers;

namespace Trainyard.Trainer.Observation;

// Statistics of a network at one moment: each layer's output over a batch, and its weights, by index of the row in the layer table. Histograms are empty
// unless requested.
internal sealed class NetworkSnapshot
{
    private static readonly long[] ButChannels = [0, 2, 3];
    private static readonly long[] ButUnits = [0];
    public Dictionary<int, ActivationStatistics> Activations { get; } = [];
    public Dictionary<int, TensorStatistics> Weights { get; } = [];

    /// <summary>How much the units of a layer differ, by index of the row.</summary>
    public Dictionary<int, double?> UnitSpreads { get; } = [];

    public Dictionary<int, Histogram?> ActivationHistograms { get; } = [];
    public Dictionary<int, Histogram?> WeightHistograms { get; } = [];

    // Measures a network, which is in observing mode afterwards. Changes no tensor in it and draws nothing at random.
    // samples: [n, ...] as the network takes them.
    public static NetworkSnapshot Measure(Network network, IReadOnlyList<ObservedLayer> layers, Tensor samples, bool histograms)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var snapshot = new NetworkSnapshot();
        network.observe();
        ObservedLayer.Forward(network, samples, layers, (layer, output) => snapshot.MeasureOutput(layer, output, histograms));
        snapshot.MeasureWeights(layers, histograms);
        return snapshot;
    }

    private void MeasureOutput(ObservedLayer row, Tensor output, bool histograms)
    {
        var sample = ValueSample.Of(output);
        var (mean, std) = sample.Moments();
        Activations[row.Index] = new ActivationStatistics
        {
            Mean = EventWriter.Finite(mean),
            Std = EventWriter.Finite(std),
            ZeroShare = sample.ZeroShare(),
            DeadShare = row.CutsAtZero ? DeadShare(output) : null,
            SaturatedShare = row.Saturation is { } range ? sample.ShareOutside(range) : null,
        };
        if (histograms)
        {
            ActivationHistograms[row.Index] = sample.Histogram();
        }
    }

    // A unit of a convolution is a channel at any place.
    private static double DeadShare(Tensor output)
    {
        using var scope = NewDisposeScope();
        var largest = output.amax(output.dim() == 4 ? ButChannels : ButUnits);
        return largest.eq(0).to_type(ScalarType.Float32).mean().item<float>();
    }

    private void MeasureWeights(IReadOnlyList<ObservedLayer> layers, bool histograms)
    {
        var measurements = new Measurements();
        var readers = new List<Action>();
        foreach (var row in layers.Where(row => row.Parameters.Count > 0))
        {
            var moments = new TensorMoments(measurements, row.Weights);
            readers.Add(() => Weights[row.Index] = moments.Read());
            if (row.Weight is { } weight)
            {
                var spread = measurements.Add(Measurements.Norm(weight.sub(weight.mean([0], keepdim: true))));
                readers.Add(() => UnitSpreads[row.Index] = EventWriter.Finite(measurements[spread] / moments.Norm));
            }

            if (histograms)
            {
                WeightHistograms[row.Index] = ValueSample.Of(row.Weights).Histogram();
            }
        }

        measurements.Fetch();
        readers.ForEach(read => read());
    }
}

using Trainyard.Specs.Events.Observation;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Layers;

namespace Trainyard.Trainer.Observation;

// Observes one training step: the gradient of each layer's parameters and output, and the size of the update of its weights. The step computes exactly what it
// would compute unobserved. Lives in the step's dispose scope. The dictionaries are by index of the row in the layer table; histograms are empty unless requested.
internal sealed class StepProbe(Network network, IReadOnlyList<ObservedLayer> layers, bool histograms)
{
    private readonly Dictionary<int, Tensor> outputs = [];
    private readonly Dictionary<int, Tensor[]> before = [];
    private readonly Measurements measurements = new();
    private readonly Dictionary<int, TensorMoments> gradients = [];
    private readonly Dictionary<int, int> outputGradients = [];
    private readonly Dictionary<int, (int[] Change, int[] Old)> updates = [];

    public Dictionary<int, TensorStatistics> Gradients { get; } = [];

    /// <summary>Norm of the gradient of the output of layers of weighted sums, by index of the row.</summary>
    public Dictionary<int, double?> OutputGradientNorms { get; } = [];

    public Dictionary<int, double?> UpdateRatios { get; } = [];
    public Dictionary<int, Histogram?> GradientHistograms { get; } = [];

    /// <summary>Norm of the whole gradient, before clipping.</summary>
    public double GradientNorm { get; private set; }

    public TrainingPass Forward(Tensor samples) =>
        // Only outputs of weighted sums: each kept gradient is as large as the output itself.
        new GraphPass(ObservedLayer.Forward(network, samples, layers.Where(layer => layer.Weight is not null), (layer, output) =>
        {
            output.retain_grad();
            outputs[layer.Index] = output;
        }));

    /// <summary>After the backward pass, before anything changes the gradient.</summary>
    public void AfterBackward()
    {
        using var _ = no_grad();
        foreach (var row in layers.Where(row => row.Parameters.Count > 0))
        {
            if (outputs.TryGetValue(row.Index, out var output) && output.grad is { } outputGradient)
            {
                outputGradients[row.Index] = measurements.Add(Measurements.Norm(outputGradient));
            }

            Tensor[] ofParameters = [.. row.Parameters.Select(parameter => parameter.grad).OfType<Tensor>()];
            gradients[row.Index] = new TensorMoments(measurements, ofParameters);
            before[row.Index] = [.. row.Weights.Select(weight => weight.clone())];
            if (histograms)
            {
                GradientHistograms[row.Index] = ValueSample.Of(ofParameters).Histogram();
            }
        }
    }

    /// <summary>After the update. Waits for the device.</summary>
    public void AfterUpdate()
    {
        using var _ = no_grad();
        foreach (var row in layers.Where(row => before.ContainsKey(row.Index)))
        {
            var old = before[row.Index];
            updates[row.Index] = (
                [.. row.Weights.Zip(old, (now, then) => measurements.Add(Measurements.Norm(now.sub(then))))],
                [.. old.Select(then => measurements.Add(Measurements.Norm(then)))]);
        }

        measurements.Fetch();
        Read();
    }

    private void Read()
    {
        foreach (var (index, moments) in gradients)
        {
            Gradients[index] = moments.Read();
        }

        foreach (var (index, position) in outputGradients)
        {
            OutputGradientNorms[index] = EventWriter.Finite(measurements[position]);
        }

        foreach (var (index, (change, old)) in updates)
        {
            UpdateRatios[index] = EventWriter.Finite(Norm(change) / Norm(old));
        }

        GradientNorm = Math.Sqrt(gradients.Values.Sum(moments => moments.Norm * moments.Norm));
    }

    private double Norm(int[] positions) => Math.Sqrt(positions.Sum(position => measurements[position] * measurements[position]));
}

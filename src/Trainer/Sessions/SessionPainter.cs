using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Events.Sessions;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Observation;
using Trainyard.Trainer.Setup;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Sessions;

/// <summary>Draws a network in training: metrics, decision, hidden units and weights.</summary>
internal sealed class SessionPainter : IDisposable
{
    private const int MostLayers = 8;

    // Beyond, lines between units show nothing.
    private const long MostWeights = 4_000;
    private const int Digits = 4;

    private readonly TrainingSetup setup;
    private readonly TrainingSteps steps;
    private readonly DecisionGrid? grid;
    private readonly IReadOnlyList<ObservedLayer> hidden;
    private readonly string[] dense;
    private readonly Tensor trainIndices;

    public SessionPainter(TrainingSetup setup, TrainingSteps steps)
    {
        this.setup = setup;
        this.steps = steps;
        grid = DecisionGrid.Fits(setup.Dataset) ? new DecisionGrid(setup) : null;
        var names = HiddenLayers(setup.Plan);
        hidden = [.. ObservedLayer.From(setup.Plan, setup.Network).Where(layer => names.Contains(layer.Name))];
        var all = setup.Plan.Layers.Where(layer => layer.Layer is DenseLayer).ToArray();
        dense = all.Sum(layer => layer.Parameters) <= MostWeights ? [.. all.Select(layer => layer.Name)] : [];
        trainIndices = setup.Indices(setup.Split.Train).DetachFromDisposeScope();
    }

    public IReadOnlyList<SamplePoint> Points => grid?.Samples() ?? [];

    public LayerMaps? Inputs => grid?.DrawInputs();

    public SessionFrame Draw()
    {
        (DecisionFrame? Frame, IReadOnlyList<LayerMaps> Layers) drawing = grid is null ? (null, []) : grid.DrawUnits(hidden);
        var training = steps.Evaluation.Run(setup.Train, trainIndices)!;
        var validation = steps.Validate()!;
        var cursor = steps.Cursor;
        return new SessionFrame
        {
            Step = cursor.Step,
            Epoch = cursor.Epoch,
            StepInEpoch = cursor.StepInEpoch,
            StepsPerEpoch = setup.StepsPerEpoch,
            Epochs = setup.Spec.Training.Epochs,
            IsComplete = steps.IsComplete,
            LearningRate = steps.LearningRate.At(cursor.Step),
            TrainLoss = EventWriter.Finite(training.Loss),
            TrainAccuracy = EventWriter.Finite(training.Accuracy),
            ValidationLoss = EventWriter.Finite(validation.Loss),
            ValidationAccuracy = EventWriter.Finite(validation.Accuracy),
            Decision = drawing.Frame,
            Layers = drawing.Layers,
            Weights = [.. dense.Select(WeightsOf)],
        };
    }

    public void Dispose()
    {
        grid?.Dispose();
        trainIndices.Dispose();
    }

    // The last layer of each hidden part of the network: what the next dense layer gets, before dropout.
    private static List<string> HiddenLayers(ModelPlan plan)
    {
        List<string> names = [];
        foreach (var layer in plan.Layers.Where(layer => layer.Layer is not (FlattenLayer or DropoutLayer)))
        {
            if (names.Count == 0 || layer.Layer is DenseLayer or ResidualLayer)
            {
                names.Add(layer.Name);
            }
            else
            {
                names[^1] = layer.Name;
            }
        }

        // The last one is the output.
        return names[..Math.Min(names.Count - 1, MostLayers)];
    }

    private DenseWeights WeightsOf(string layer)
    {
        using var scope = NewDisposeScope();
        var weight = setup.Network.get_parameter($"{layer}.weight")!;
        var (units, inputs) = ((int)weight.shape[0], (int)weight.shape[1]);
        var values = Numbers(weight);
        return new DenseWeights
        {
            Name = layer,
            Weights = [.. Enumerable.Range(0, units).Select(unit => values[(unit * inputs)..((unit + 1) * inputs)])],
            Bias = setup.Network.get_parameter($"{layer}.bias") is { } bias ? Numbers(bias) : null,
        };
    }

    private static float[] Numbers(Tensor values)
    {
        using var numbers = values.detach().nan_to_num(0, 0, 0).cpu().contiguous().data<float>();
        return Array.ConvertAll(numbers.ToArray(), value => MathF.Round(value, Digits));
    }
}

using System.Runtime.InteropServices;
using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Events.Sessions;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Observation;

/// <summary>A grid over the plane of a dataset of points, and what the network decides there.</summary>
internal sealed class DecisionGrid : IDisposable
{
    private const int Side = 64;
    private const int MostPoints = 1000;

    // A hidden unit is drawn at every fourth point of a row, as a thumbnail.
    private const int UnitStep = 4;
    private const int MostUnits = 8;
    private const int MostLayers = 4;

    // Of the data's width, left free on each side.
    private const double Margin = 0.1;

    private readonly TrainingSetup setup;
    private readonly Tensor points;
    private readonly ObservedLayer[] hidden;
    private readonly (double Min, double Max) x;
    private readonly (double Min, double Max) y;

    public DecisionGrid(TrainingSetup setup)
    {
        using var scope = NewDisposeScope();
        this.setup = setup;
        x = Range(0);
        y = Range(1);
        var values = new float[Side * Side * 2];
        for (var row = 0; row < Side; row++)
        {
            for (var column = 0; column < Side; column++)
            {
                var position = 2 * ((row * Side) + column);
                values[position] = Normalized(0, At(x, column));
                values[position + 1] = Normalized(1, At(y, row));
            }
        }

        hidden = Evenly([.. ObservedLayer.From(setup.Plan, setup.Network).Where(layer => layer.Kind == "activation")]);
        points = PlaneFeatures.Of(setup.Spec.Data.Features, tensor(values, [Side * Side, 2], device: setup.Device)).DetachFromDisposeScope();
    }

    /// <summary>Whether samples are points in the plane.</summary>
    public static bool Fits(Dataset dataset) => dataset.Train.Shape is [2];

    public DecisionFrame Draw(bool withPoints)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        setup.Network.eval();
        List<HiddenUnits> units = [];
        var scores = ObservedLayer.Forward(setup.Network, points, hidden, (layer, output) => units.Add(Map(layer, output)));
        return Frame(scores, withPoints) with { Hidden = units };
    }

    /// <summary>Draws it together with the outputs of the units of some layers, over the same plane.</summary>
    public (DecisionFrame Frame, IReadOnlyList<LayerMaps> Layers) DrawUnits(IReadOnlyList<ObservedLayer> layers)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        setup.Network.eval();
        List<LayerMaps> maps = [];
        var scores = ObservedLayer.Forward(setup.Network, points, layers, (layer, output) => maps.Add(UnitMaps.Of(layer.Name, output, Side)));
        return (Frame(scores, withPoints: false), maps);
    }

    /// <summary>What the network gets over the plane: a map for each of its inputs.</summary>
    public LayerMaps DrawInputs()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        return UnitMaps.Of("input", points, Side);
    }

    /// <summary>At most 1,000 samples: evenly spaced ones of both splits, in proportion.</summary>
    public IReadOnlyList<SamplePoint> Samples()
    {
        var (train, validation) = (setup.Split.Train, setup.Split.Validation);
        var share = Math.Min(1, (double)MostPoints / (train.Length + validation.Length));
        return [.. Pick(train, DataSplit.Train), .. Pick(validation, DataSplit.Validation)];

        IEnumerable<SamplePoint> Pick(int[] indices, DataSplit split)
        {
            var count = (int)(indices.Length * share);
            return Enumerable.Range(0, count).Select(position => indices[(int)((long)position * indices.Length / count)]).Select(sample => new SamplePoint
            {
                X = Coordinate(sample, 0),
                Y = Coordinate(sample, 1),
                Label = setup.Dataset.Train.Labels[sample],
                Split = split,
            });
        }
    }

    public void Dispose() => points.Dispose();

    private DecisionFrame Frame(Tensor scores, bool withPoints)
    {
        var (confidence, winner) = scores.to_type(ScalarType.Float32).softmax(1).max(1);
        using var winners = winner.cpu().data<long>();
        using var confidences = confidence.cpu().data<float>();
        return new DecisionFrame
        {
            XMin = x.Min,
            XMax = x.Max,
            YMin = y.Min,
            YMax = y.Max,
            Width = Side,
            Height = Side,
            Classes = setup.Plan.Classes,
            Winner = Convert.ToBase64String(Array.ConvertAll(winners.ToArray(), label => (byte)label)),
            // A network that has diverged is sure of nothing.
            Confidence = Convert.ToBase64String(Array.ConvertAll(
                confidences.ToArray(), share => float.IsFinite(share) ? (byte)Math.Round(255 * share) : (byte)0)),
            Points = withPoints ? Samples() : null,
        };
    }

    // The first and the last of the layers among them.
    private static ObservedLayer[] Evenly(ObservedLayer[] layers) => layers.Length <= MostLayers
        ? layers
        : [.. Enumerable.Range(0, MostLayers).Select(place => layers[place * (layers.Length - 1) / (MostLayers - 1)])];

    // output: [Side * Side, units]. Waits for the device.
    private static HiddenUnits Map(ObservedLayer layer, Tensor output)
    {
        const int side = Side / UnitStep;
        using var scope = NewDisposeScope();
        var values = output.detach().to_type(ScalarType.Float32).nan_to_num(0, 0, 0);
        var largest = values.abs().max().item<float>();
        var count = Math.Min(values.shape[1], MostUnits);
        // [units, rows, columns]
        var maps = values.narrow(1, 0, count).t().reshape(count, Side, Side).slice(1, UnitStep / 2, Side, UnitStep).slice(2, UnitStep / 2, Side, UnitStep);
        using var bytes = maps.mul(largest > 0 ? 127 / largest : 0).round().add(128).to_type(ScalarType.Byte).contiguous().cpu().data<byte>();
        return new HiddenUnits
        {
            Layer = layer.Name,
            Units = (int)values.shape[1],
            Width = side,
            Height = side,
            Maps = [.. bytes.ToArray().Chunk(side * side).Select(Convert.ToBase64String)],
        };
    }

    private static double At((double Min, double Max) range, int index) => range.Min + ((range.Max - range.Min) * index / (Side - 1));

    private float Normalized(int coordinate, double value) =>
        ((float)value * setup.Normalization.Scale[coordinate]) + setup.Normalization.Shift[coordinate];

    private float Coordinate(int sample, int coordinate) => MemoryMarshal.Cast<byte, float>(setup.Dataset.Train.Values)[(2 * sample) + coordinate];

    private (double Min, double Max) Range(int coordinate)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        for (var sample = 0; sample < setup.Dataset.Train.Count; sample++)
        {
            double value = Coordinate(sample, coordinate);
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
        }

        var margin = max > min ? Margin * (max - min) : 1;
        return (min - margin, max + margin);
    }
}

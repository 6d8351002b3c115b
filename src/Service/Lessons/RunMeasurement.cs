using System.Text.Json;
using Trainyard.Service.Results;
using Trainyard.Service.Store;
using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Planning;

namespace Trainyard.Service.Lessons;

/// <summary>Measures one number in the results of one run.</summary>
internal static class RunMeasurement
{
    // The number; null while there is none, and for a run that broke off, of which only the network is known. A level that a run which has ended did not reach is
    // reached at infinity. A run that diverged predicts nothing: it ends with an accuracy of 0 and an infinite loss.
    public static double? Measure(RunFacts run, LessonQuantity quantity) => quantity.Measure switch
    {
        LessonMeasure.LayerCount => run.Layers.Count(layer => Is(layer, quantity.Layers!)),
        LessonMeasure.Parameters => run.Layers.Sum(layer => layer.Parameters),
        _ when run.BrokeOff => null,
        LessonMeasure.TestAccuracy => run.TestAccuracy,
        LessonMeasure.Converged => !run.HasEnded ? null : run.State == RunState.Succeeded && Values(run, MetricNames.TrainAccuracy).Any(point => point.Value > quantity.Level) ? 1 : 0,
        LessonMeasure.Epochs => Reached(run, quantity, point => point.Epoch, Values(run, MetricNames.TrainLoss) is [.., var last] ? last.Epoch : 0),
        LessonMeasure.Updates => Reached(run, quantity, point => point.Step, run.Updates),
        LessonMeasure.Seconds => Reached(run, quantity, point => point.Seconds, run.Seconds),
        LessonMeasure.AccuracyGap => Choose(Gaps(run), run, quantity, worst: null),
        _ when LessonMeasures.MetricOf(quantity.Measure) is { } metric => Choose([.. Values(run, metric).Select(point => (point.Epoch, point.Value))], run, quantity, WorstOf(metric)),
        _ when LessonMeasures.IsOfLayers(quantity.Measure) => Choose([.. run.Observations.Select(observed => (observed.Epoch, Among(observed.Layers, quantity)))], run, quantity, worst: null),
        _ => null,
    };

    private static IReadOnlyList<MetricValue> Values(RunFacts run, string metric) => run.Metrics.GetValueOrDefault(metric) ?? [];

    private static double? WorstOf(string metric) => metric switch
    {
        MetricNames.TrainAccuracy or MetricNames.ValidationAccuracy => 0,
        MetricNames.TrainLoss or MetricNames.ValidationLoss => double.PositiveInfinity,
        _ => null,
    };

    private static List<(int Epoch, double? Value)> Gaps(RunFacts run)
    {
        var validation = Values(run, MetricNames.ValidationAccuracy).ToDictionary(point => point.Epoch, point => point.Value);
        return [.. Values(run, MetricNames.TrainAccuracy).Select(point => (point.Epoch, point.Value - validation.GetValueOrDefault(point.Epoch)))];
    }

    // Where the run was when a metric reached a level, or at a certain epoch, or where it is now.
    private static double? Reached(RunFacts run, LessonQuantity quantity, Func<MetricValue, double?> read, double? now)
    {
        var at = FirstEpoch(run, quantity, out var waits);
        return at is { } epoch ? Values(run, MetricNames.TrainLoss).FirstOrDefault(point => point.Epoch == epoch) is { } point ? read(point) : null
            : !waits ? now
            : run.HasEnded ? double.PositiveInfinity
            : null;
    }

    // The epoch of at, when or withinSeconds. waits: A level is waited for.
    private static int? FirstEpoch(RunFacts run, LessonQuantity quantity, out bool waits)
    {
        waits = quantity.When is not null;
        return quantity.When is { } level && LessonMeasures.MetricOf(level.Measure) is { } metric
                ? Values(run, metric).FirstOrDefault(point => WorstOf(metric) == 0 ? point.Value >= level.Level : point.Value <= level.Level)?.Epoch
            : quantity.WithinSeconds is { } seconds ? Values(run, MetricNames.TrainLoss).LastOrDefault(point => point.Seconds <= seconds)?.Epoch
            : quantity.At;
    }

    private static double? Choose(List<(int Epoch, double? Value)> values, RunFacts run, LessonQuantity quantity, double? worst)
    {
        if (quantity.WithinSeconds >= run.Seconds && run.HasDiverged && worst is not null)
        {
            return worst;
        }

        if (quantity.When is not null || quantity.At is not null || quantity.WithinSeconds is not null)
        {
            return FirstEpoch(run, quantity, out _) is { } epoch ? values.Find(value => value.Epoch == epoch).Value : null;
        }

        List<double> known = [.. values.Select(value => value.Value).OfType<double>()];
        if (run.HasDiverged && worst is { } end)
        {
            known.Add(end);
        }

        return known.Count == 0 ? null : quantity.Epoch switch
        {
            LessonEpoch.First => known[0],
            LessonEpoch.Highest => known.Max(),
            LessonEpoch.Lowest => known.Min(),
            LessonEpoch.Mean => known.Average(),
            LessonEpoch.RiseShare => known.Count < 2 ? null : known.Zip(known.Skip(1)).Average(pair => pair.Second > pair.First ? 1.0 : 0),
            _ => known[^1],
        };
    }

    private static double? Among(IReadOnlyList<LayerObservation> layers, LessonQuantity quantity)
    {
        List<double> values =
        [
            .. layers.Where(layer => (quantity.Layer is null || layer.Name == quantity.Layer) && (quantity.Layers is null || layer.Kind == quantity.Layers))
                .Select(layer => Statistic(layer, quantity.Measure)).OfType<double>(),
        ];
        return values.Count == 0 ? null : quantity.Among switch
        {
            LessonLayerChoice.First => values[0],
            LessonLayerChoice.Last => values[^1],
            LessonLayerChoice.Highest => values.Max(),
            LessonLayerChoice.Lowest => values.Min(),
            LessonLayerChoice.FactorToInput => values.Count < 2 || values[^1] == 0 ? null : Math.Pow(values[0] / values[^1], 1.0 / (values.Count - 1)),
            _ => values.Average(),
        };
    }

    private static double? Statistic(LayerObservation layer, LessonMeasure measure) => measure switch
    {
        LessonMeasure.GradientNorm => layer.Gradient?.Norm,
        LessonMeasure.ActivationGradientNorm => layer.ActivationGradientNorm,
        LessonMeasure.ActivationMean => layer.Activation?.Mean,
        LessonMeasure.ActivationStd => layer.Activation?.Std,
        LessonMeasure.ZeroShare => layer.Activation?.ZeroShare,
        LessonMeasure.DeadShare => layer.Activation?.DeadShare,
        LessonMeasure.SaturatedShare => layer.Activation?.SaturatedShare,
        LessonMeasure.WeightNorm => layer.Weight?.Norm,
        LessonMeasure.UpdateRatio => layer.UpdateRatio,
        LessonMeasure.UnitSpread => layer.UnitSpread,
        _ => null,
    };

    // A kind of the layer table; of pooling also with its function: max_pool, average_pool, max_global_pool.
    private static bool Is(LayerRow layer, string kind) =>
        layer.Kind == kind || (layer.Arguments.TryGetValue("pool", out var pool) && pool.ValueKind == JsonValueKind.String && $"{pool.GetString()}_{layer.Kind}" == kind);
}

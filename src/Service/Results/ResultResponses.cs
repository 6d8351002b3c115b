using System.Diagnostics.CodeAnalysis;
using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Events.Observation;

namespace Trainyard.Service.Results;

/// <summary>Metrics of a run.</summary>
public sealed record RunMetrics
{
    /// <summary>One series for each metric with values.</summary>
    public required IReadOnlyList<MetricSeries> Series { get; init; }
}

/// <summary>Values of a metric by epoch.</summary>
public sealed record MetricSeries
{
    /// <summary>train_loss, train_accuracy, validation_loss, validation_accuracy, learning_rate or images_per_second.</summary>
    public required string Metric { get; init; }

    /// <summary>Values by epoch, ascending.</summary>
    public required IReadOnlyList<MetricValue> Points { get; init; }
}

/// <summary>A value of a metric. A downsampled series has the last value of each bucket of epochs, with the minimum and maximum of the bucket.</summary>
public sealed record MetricValue
{
    /// <summary>Epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Optimizer steps since the start of the run.</summary>
    public required long Step { get; init; }

    /// <summary>Value; null if it was not finite.</summary>
    public required double? Value { get; init; }

    /// <summary>Training time until the end of the epoch, in seconds.</summary>
    public required double? Seconds { get; init; }

    /// <summary>Minimum of the bucket; null if the series is not downsampled.</summary>
    public required double? Min { get; init; }

    /// <summary>Maximum of the bucket; null if the series is not downsampled.</summary>
    public required double? Max { get; init; }
}

/// <summary>Layer statistics of a run.</summary>
public sealed record RunObservations
{
    /// <summary>Observed layers, in the order of the layer table.</summary>
    public required IReadOnlyList<ObservedLayer> Layers { get; init; }

    /// <summary>Statistics by epoch, ascending.</summary>
    public required IReadOnlyList<ObservedEpoch> Epochs { get; init; }
}

/// <summary>An observed layer.</summary>
public sealed record ObservedLayer
{
    /// <summary>Index in the layer table, from 0.</summary>
    public required int Layer { get; init; }

    /// <summary>Name in the layer table.</summary>
    public required string Name { get; init; }

    /// <summary>Kind in the layer table.</summary>
    public required string Kind { get; init; }
}

/// <summary>Layer statistics after an epoch.</summary>
public sealed record ObservedEpoch
{
    /// <summary>Epoch; 0 before the first step.</summary>
    public required int Epoch { get; init; }

    /// <summary>Optimizer steps since the start of the run.</summary>
    public required long Step { get; init; }

    /// <summary>Statistics of each observed layer.</summary>
    public required IReadOnlyList<LayerObservation> Layers { get; init; }

    /// <summary>Histograms; null if they were not requested or not recorded.</summary>
    public required IReadOnlyList<LayerHistograms>? Histograms { get; init; }
}

/// <summary>Decision boundary of a network with two inputs, by epoch.</summary>
public sealed record DecisionFilm
{
    /// <summary>Samples of the dataset, at most 1000.</summary>
    public required IReadOnlyList<SamplePoint> Points { get; init; }

    /// <summary>One frame for each observed epoch, ascending.</summary>
    public required IReadOnlyList<FilmFrame> Frames { get; init; }
}

/// <summary>Decision boundary after an epoch.</summary>
public sealed record FilmFrame
{
    /// <summary>Epoch; 0 before the first step.</summary>
    public required int Epoch { get; init; }

    /// <summary>Optimizer steps since the start of the run.</summary>
    public required long Step { get; init; }

    /// <summary>Predictions on the grid, without the samples.</summary>
    public required DecisionFrame Frame { get; init; }
}

/// <summary>A few validation images, and what the network predicted for them by epoch.</summary>
public sealed record RunPredictions
{
    /// <summary>The images, at most 16.</summary>
    public required IReadOnlyList<LabeledImage> Images { get; init; }

    /// <summary>One for each observed epoch, ascending.</summary>
    public required IReadOnlyList<PredictedEpoch> Epochs { get; init; }
}

/// <summary>Predictions after an epoch.</summary>
public sealed record PredictedEpoch
{
    /// <summary>Epoch; 0 before the first step.</summary>
    public required int Epoch { get; init; }

    /// <summary>Optimizer steps since the start of the run.</summary>
    public required long Step { get; init; }

    /// <summary>One for each image, in their order.</summary>
    public required IReadOnlyList<Prediction> Predictions { get; init; }
}

/// <summary>Evaluations of a run.</summary>
public sealed record RunEvaluations
{
    /// <summary>Evaluations in the order of the run.</summary>
    public required IReadOnlyList<RunEvaluation> Evaluations { get; init; }
}

/// <summary>Evaluation on a split: confusion matrix and scores per class.</summary>
public sealed class RunEvaluation(long seq, DateTimeOffset at, EvaluationEvent evaluation)
{
    /// <summary>Sequence number of the event.</summary>
    public long Seq => seq;

    /// <summary>Time of the event, UTC.</summary>
    public DateTimeOffset At => at;

    /// <summary>Completed epochs of the evaluated weights.</summary>
    public int Epoch => evaluation.Epoch;

    /// <summary>Validation or test.</summary>
    public DataSplit Split => evaluation.Split;

    /// <summary>Number of samples.</summary>
    public int Samples => evaluation.Samples;

    /// <summary>Mean cross-entropy; null if it is not finite.</summary>
    public double? Loss => evaluation.Loss;

    /// <summary>Accuracy, 0 to 1.</summary>
    public double? Accuracy => evaluation.Accuracy;

    /// <summary>Class names, in the order of the labels.</summary>
    public IReadOnlyList<string> ClassNames => evaluation.ClassNames;

    /// <summary>Samples by actual class (row) and predicted class (column).</summary>
    public IReadOnlyList<IReadOnlyList<long>> Confusion => evaluation.Confusion;

    /// <summary>Scores per class, in the order of the labels.</summary>
    public IReadOnlyList<ClassScore> PerClass => evaluation.PerClass;

    /// <summary>Misclassified samples, the highest loss first: the worst of all, and of each pair of actual and predicted class; null if none were kept.</summary>
    public IReadOnlyList<Mistake>? Mistakes => evaluation.Mistakes;
}

/// <summary>Findings of the diagnosis of a run.</summary>
public sealed record RunFindings
{
    /// <summary>Findings, oldest first.</summary>
    public required IReadOnlyList<RunFinding> Findings { get; init; }
}

/// <summary>A finding of the diagnosis.</summary>
public sealed record RunFinding : Finding
{
    [SetsRequiredMembers]
    internal RunFinding(long seq, DateTimeOffset at, Finding finding)
        : base(finding) => (Seq, At) = (seq, at);

    /// <summary>Sequence number of the event.</summary>
    public long Seq { get; }

    /// <summary>Time of the event, UTC.</summary>
    public DateTimeOffset At { get; }
}

/// <summary>Checkpoints of a run.</summary>
public sealed record RunCheckpoints
{
    /// <summary>Checkpoints, oldest first; a file that was written again is listed once, with its latest content.</summary>
    public required IReadOnlyList<RunCheckpoint> Items { get; init; }
}

/// <summary>A checkpoint.</summary>
public sealed record RunCheckpoint
{
    /// <summary>Attempt that wrote it.</summary>
    public required int Attempt { get; init; }

    /// <summary>Completed epochs.</summary>
    public required int Epoch { get; init; }

    /// <summary>Optimizer steps since the start of the run.</summary>
    public required long Step { get; init; }

    /// <summary>File name, also the last segment of its URL.</summary>
    public required string File { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the file, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Time of writing, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether the file can be downloaded: only the latest checkpoints are kept, and the worker may keep them on another machine.</summary>
    public required bool Available { get; init; }
}

using System.Text.Json;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Lessons;

/// <summary>What is expected of the results: a number, the difference of two, or their ratio, is within bounds.</summary>
[OptionalMembers]
public sealed record LessonClaim
{
    /// <summary>Id in the lesson.</summary>
    [Text(1, 40)]
    public required string Id { get; init; }

    /// <summary>The claim in words.</summary>
    public required LessonText Text { get; init; }

    /// <summary>Id of the source that it comes from.</summary>
    [Text(1, 40)]
    public required string Source { get; init; }

    /// <summary>The number.</summary>
    public required LessonQuantity Value { get; init; }

    /// <summary>Subtracted from it; null for none.</summary>
    public LessonQuantity? Minus { get; init; }

    /// <summary>Divides it, or the difference; null for none.</summary>
    public LessonQuantity? Over { get; init; }

    /// <summary>Lower bound; null for none.</summary>
    [Number(-1e12, 1e12)]
    public double? AtLeast { get; init; }

    /// <summary>Upper bound; null for none.</summary>
    [Number(-1e12, 1e12)]
    public double? AtMost { get; init; }

    /// <summary>By how much a bound may be missed: what a measurement cannot tell apart.</summary>
    [Number(0, 1e12)]
    public double Tolerance { get; init; }

    /// <summary>Whether it is only expected of the full size.</summary>
    public bool FullOnly { get; init; }
}

/// <summary>A number that is measured in the results of runs, of studies or of a lab.</summary>
[OptionalMembers]
public sealed record LessonQuantity
{
    /// <summary>What is measured.</summary>
    public required LessonMeasure Measure { get; init; }

    /// <summary>Ids of the runs; null for all.</summary>
    [Items(1, 40), Text(1, 40)]
    public IReadOnlyList<string>? Runs { get; init; }

    /// <summary>Ids of the studies; null for all.</summary>
    [Items(1, 10), Text(1, 40)]
    public IReadOnlyList<string>? Studies { get; init; }

    /// <summary>Selects trials of studies: values of their parameters, by name; an object matches one that has its members, or a number from its atLeast to below. Null for all.</summary>
    public JsonElement? Trials { get; init; }

    /// <summary>Which of the runs or trials counts, when there are several.</summary>
    public LessonChoice Across { get; init; } = LessonChoice.Mean;

    /// <summary>Which epoch counts; of a statistic of layers, among the observed ones.</summary>
    public LessonEpoch Epoch { get; init; } = LessonEpoch.Last;

    /// <summary>A certain epoch, instead; 0 is before the first step.</summary>
    [Number(0, 100_000)]
    public int? At { get; init; }

    /// <summary>The epoch is the first at which this is reached; null for none.</summary>
    public LessonLevel? When { get; init; }

    /// <summary>The epoch is the last one that ended within this many seconds of training; null for none.</summary>
    [Number(1, 1e6)]
    public double? WithinSeconds { get; init; }

    /// <summary>Kind of the layers that are looked at, as in the layer table: <c>dense</c>, <c>conv</c>, <c>activation</c>. Null for all.</summary>
    [Text(1, 40)]
    public string? Layers { get; init; }

    /// <summary>Name of the only layer that is looked at, as in <c>dense1</c>; null for several.</summary>
    [Text(1, 60)]
    public string? Layer { get; init; }

    /// <summary>Which of the layers counts.</summary>
    public LessonLayerChoice Among { get; init; } = LessonLayerChoice.Mean;

    /// <summary>The level of <c>share_at_least</c>, and of <c>converged</c>.</summary>
    [Number(-1e12, 1e12)]
    public double? Level { get; init; }

    /// <summary>Id of the lab; null where the lesson has only one.</summary>
    [Text(1, 40)]
    public string? Lab { get; init; }

    /// <summary>JSON pointer into the result of a lab.</summary>
    [Text(0, 200)]
    public string? Pointer { get; init; }
}

/// <summary>A metric that reaches a level.</summary>
public sealed record LessonLevel
{
    /// <summary>An accuracy, which is to rise to the level, or a loss, which is to fall to it.</summary>
    public required LessonMeasure Measure { get; init; }

    /// <summary>The level.</summary>
    [Number(-1e12, 1e12)]
    public required double Level { get; init; }
}

/// <summary>What can be measured.</summary>
public enum LessonMeasure
{
    /// <summary>Training loss.</summary>
    TrainLoss,

    /// <summary>Training accuracy, 0 to 1.</summary>
    TrainAccuracy,

    /// <summary>Validation loss.</summary>
    ValidationLoss,

    /// <summary>Validation accuracy, 0 to 1.</summary>
    ValidationAccuracy,

    /// <summary>Training accuracy minus validation accuracy.</summary>
    AccuracyGap,

    /// <summary>Accuracy on the test set, 0 to 1.</summary>
    TestAccuracy,

    /// <summary>Training samples per second.</summary>
    ImagesPerSecond,

    /// <summary>Number of completed epochs.</summary>
    Epochs,

    /// <summary>Number of updates of the weights.</summary>
    Updates,

    /// <summary>Seconds of training.</summary>
    Seconds,

    /// <summary>1 if training was completed without divergence and the best training accuracy is above <c>level</c>, else 0.</summary>
    Converged,

    /// <summary>Number of layers of a kind.</summary>
    LayerCount,

    /// <summary>Trainable parameters.</summary>
    Parameters,

    /// <summary>Norm of the gradient of the loss with respect to the layer's parameters.</summary>
    GradientNorm,

    /// <summary>Norm of the gradient of the loss with respect to the layer's output.</summary>
    ActivationGradientNorm,

    /// <summary>Mean of the layer's output.</summary>
    ActivationMean,

    /// <summary>Standard deviation of the layer's output.</summary>
    ActivationStd,

    /// <summary>Share of outputs that are 0.</summary>
    ZeroShare,

    /// <summary>Share of units that are 0 for every sample.</summary>
    DeadShare,

    /// <summary>Share of outputs close to a bound of the activation.</summary>
    SaturatedShare,

    /// <summary>Norm of the weights.</summary>
    WeightNorm,

    /// <summary>Norm of an update, divided by the norm of the weights.</summary>
    UpdateRatio,

    /// <summary>How much the units of a layer differ: 0 when all are the same.</summary>
    UnitSpread,

    /// <summary>The metric that a study judges its trials by.</summary>
    TrialValue,

    /// <summary>Epochs that a trial has trained.</summary>
    TrialEpochs,

    /// <summary>Number of trials that were completed.</summary>
    CompletedTrials,

    /// <summary>A number in the result of a lab; true is 1 and false is 0.</summary>
    LabValue,
}

/// <summary>Which of several runs counts.</summary>
public enum LessonChoice
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The highest number.</summary>
    Highest,

    /// <summary>The lowest number.</summary>
    Lowest,

    /// <summary>The share of those with at least <c>level</c>, 0 to 1.</summary>
    ShareAtLeast,
}

/// <summary>Which epoch of a run counts.</summary>
public enum LessonEpoch
{
    /// <summary>The last one.</summary>
    Last,

    /// <summary>The first one.</summary>
    First,

    /// <summary>The highest number of all epochs.</summary>
    Highest,

    /// <summary>The lowest number of all epochs.</summary>
    Lowest,

    /// <summary>The mean over all epochs.</summary>
    Mean,

    /// <summary>The share of epochs after which the number is higher than one epoch before, 0 to 1.</summary>
    RiseShare,
}

/// <summary>Which of several layers counts.</summary>
public enum LessonLayerChoice
{
    /// <summary>The mean of all.</summary>
    Mean,

    /// <summary>The first one, nearest to the input.</summary>
    First,

    /// <summary>The last one, nearest to the loss.</summary>
    Last,

    /// <summary>The highest number.</summary>
    Highest,

    /// <summary>The lowest number.</summary>
    Lowest,

    /// <summary>The factor from a layer to the one before it, the geometric mean over all layers: below 1, it vanishes towards the input.</summary>
    FactorToInput,
}

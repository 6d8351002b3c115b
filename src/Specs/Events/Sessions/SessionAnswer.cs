using System.Text.Json;
using System.Text.Json.Serialization;
using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Findings;

namespace Trainyard.Specs.Events.Sessions;

/// <summary>The answer of a session of the trainer to one request: one JSON line on its standard output.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(OpenedAnswer), "opened")]
[JsonDerivedType(typeof(FrameAnswer), "frame")]
[JsonDerivedType(typeof(RefusedAnswer), "refused")]
[JsonDerivedType(typeof(FailedAnswer), "failed")]
public abstract record SessionAnswer;

/// <summary>The session is at the initial weights, of another network or other data than before.</summary>
public sealed record OpenedAnswer : SessionAnswer
{
    /// <summary>The network at its initial weights.</summary>
    public required SessionFrame Frame { get; init; }

    /// <summary>The canonical spec.</summary>
    public required JsonElement Spec { get; init; }

    /// <summary>The name of each class.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Samples to train on, after the split.</summary>
    public required int TrainSamples { get; init; }

    /// <summary>Samples that are held out for validation.</summary>
    public required int ValidationSamples { get; init; }

    /// <summary>Trainable parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>At most 1,000 points of both splits; empty for images.</summary>
    public required IReadOnlyList<SamplePoint> Points { get; init; }

    /// <summary>The inputs of the network over the plane; null for images.</summary>
    public required LayerMaps? Inputs { get; init; }
}

/// <summary>The updates are done, or the settings changed.</summary>
public sealed record FrameAnswer : SessionAnswer
{
    /// <summary>Updates that this request brought: fewer than it asked for where training is over, or its time was.</summary>
    public required int Steps { get; init; }

    /// <summary>The network as it is now.</summary>
    public required SessionFrame Frame { get; init; }
}

/// <summary>The spec is invalid; the session is as it was.</summary>
public sealed record RefusedAnswer : SessionAnswer
{
    /// <summary>What is wrong, and warnings.</summary>
    public required IReadOnlyList<SpecFinding> Findings { get; init; }
}

/// <summary>Training cannot continue, as when the loss is not finite. The session takes <c>reset</c>, <c>change</c> and <c>open</c>.</summary>
public sealed record FailedAnswer : SessionAnswer
{
    /// <summary>Why, as of a run.</summary>
    public required FailedEvent Failure { get; init; }

    /// <summary>The network where training ended; null when there is none.</summary>
    public required SessionFrame? Frame { get; init; }
}

/// <summary>A network after some updates.</summary>
public sealed record SessionFrame
{
    /// <summary>Updates since the beginning.</summary>
    public required long Step { get; init; }

    /// <summary>Complete epochs.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates of the current epoch so far.</summary>
    public required int StepInEpoch { get; init; }

    /// <summary>Updates of one epoch.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>Epochs of the spec.</summary>
    public required int Epochs { get; init; }

    /// <summary>Whether training is over: the last epoch is done, or early stopping ended it.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Learning rate of the next update.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Mean loss of all training samples with the weights as they are, without dropout; null when it is not finite.</summary>
    public required double? TrainLoss { get; init; }

    /// <summary>Accuracy on all training samples, 0 to 1.</summary>
    public required double? TrainAccuracy { get; init; }

    /// <summary>Mean loss of the validation samples; null when it is not finite.</summary>
    public required double? ValidationLoss { get; init; }

    /// <summary>Accuracy on the validation samples, 0 to 1.</summary>
    public required double? ValidationAccuracy { get; init; }

    /// <summary>The predicted class over the plane; null for images.</summary>
    public required DecisionFrame? Decision { get; init; }

    /// <summary>The outputs of hidden units over the plane, layer by layer; empty for images.</summary>
    public required IReadOnlyList<LayerMaps> Layers { get; init; }

    /// <summary>The weights of dense layers, in the order of the network; empty where there are too many to draw.</summary>
    public required IReadOnlyList<DenseWeights> Weights { get; init; }
}

/// <summary>The units of a layer over the plane.</summary>
public sealed record LayerMaps
{
    /// <summary>The layer whose output it is, by its name in the layer table; <c>input</c> for the inputs.</summary>
    public required string Name { get; init; }

    /// <summary>Number of units.</summary>
    public required int Units { get; init; }

    /// <summary>Points in a row, and rows, of each map.</summary>
    public required int Side { get; init; }

    /// <summary>Maps of the first units, at most 16.</summary>
    public required IReadOnlyList<UnitMap> Maps { get; init; }
}

/// <summary>A unit over the plane.</summary>
public sealed record UnitMap
{
    /// <summary>The largest absolute value.</summary>
    public required float Scale { get; init; }

    /// <summary>Base64 of Side * Side bytes, rows from the lower edge up: 128 plus 127 times the value divided by the scale.</summary>
    public required string Values { get; init; }
}

/// <summary>The weights of a dense layer.</summary>
public sealed record DenseWeights
{
    /// <summary>The layer, by its name in the layer table.</summary>
    public required string Name { get; init; }

    /// <summary>A list for each unit, with a weight for each input.</summary>
    public required IReadOnlyList<float[]> Weights { get; init; }

    /// <summary>The bias of each unit; null where there is none.</summary>
    public required float[]? Bias { get; init; }
}

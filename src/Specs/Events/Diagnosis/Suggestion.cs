using System.Globalization;
using System.Text.Json;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Events.Diagnosis;

/// <summary>What to try about a finding.</summary>
public sealed record Suggestion
{
    /// <summary>What it says; null: written by a version that did not tell.</summary>
    public SuggestionCode? Code { get; init; }

    /// <summary>What the sentence is made with, by name; null: written by a version that did not tell.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Arguments { get; init; }

    /// <summary>One or two English sentences.</summary>
    public required string Message { get; init; }

    /// <summary>The same as changes of the spec, to fork the run with.</summary>
    public required IReadOnlyList<SpecChange> Changes { get; init; }

    /// <summary>A suggestion with its sentence.</summary>
    public static Suggestion Of(SuggestionCode code, IReadOnlyList<SpecChange> changes, params (string Name, object? Value)[] arguments)
    {
        var named = Json.MessageArguments.Of(arguments);
        return new Suggestion { Code = code, Arguments = named, Message = Text(code, new MessageArgumentReader(named)), Changes = changes };
    }

    private static string Text(SuggestionCode code, MessageArgumentReader about) => code switch
    {
        SuggestionCode.ReluAndHe => "ReLU passes the gradient of every active unit undiminished, and He's initial weights keep its size from layer to layer.",
        SuggestionCode.SmallerStepsAndClipping => "Smaller steps keep units from leaving the range where they learn.",
        SuggestionCode.FittingInitializationAndClipping =>
            "Weights whose spread fits the layer's width keep the gradient's size; clipping its norm bounds what is left.",
        SuggestionCode.LeakyReluAndSmallerSteps =>
            "Leaky ReLU lets a little gradient through where ReLU lets none, and smaller steps do not push units over the edge.",
        SuggestionCode.XavierInitialization => "Xavier's initial weights keep the sums in the range where the activation has a slope.",
        SuggestionCode.SmallerSteps => "Smaller steps keep the sums in the range where the activation has a slope.",
        SuggestionCode.RandomInitialization => "Random weights make the units different from the start.",
        SuggestionCode.SmallerLearningRate => Invariant($"A learning rate of {about.Brief("learningRate", 3)}."),
        SuggestionCode.LargerLearningRate => Invariant(
            $"{about.Number("factor"):0} times the learning rate brings the updates to about a thousandth of the weights."),
        SuggestionCode.Regularize =>
            "Dropout and weight decay make memorising harder, and early stopping ends the run when validation stops improving. More training data helps most.",
        SuggestionCode.WiderNetwork => "A wider network can represent more; give it more epochs too.",
        SuggestionCode.MoreEpochs => "Train for longer.",
        SuggestionCode.SmallerLearningRateAndClipping => Invariant(
            $"A learning rate of {about.Brief("learningRate", 3)}, and a bound on the norm of the gradient."),
        SuggestionCode.RegularizeMore =>
            "The remedies are in use: make them stronger where there is room, with dropout of a half, ten times the weight decay, and augmented images.",
        SuggestionCode.SmallerNetwork => "All that restrains the network is strong already: half the width leaves it less to memorise with.",
        SuggestionCode.FewerEpochs => Invariant($"End after epoch {about["epochs"]}, where the validation loss was lowest. More training data helps most."),
        SuggestionCode.BatchNormalization => "Batch normalisation gives the sums of every layer the same spread, and with it gradients of one size.",
        SuggestionCode.AdaptiveOptimizer => "Adam takes steps of about the same size for every weight, however small its gradient.",
        SuggestionCode.LargerSteps => Invariant($"Three times the learning rate: {about.Brief("learningRate", 3)}."),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "The code has no sentence."),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a suggestion says, for pages that say it in words of their own.</summary>
public enum SuggestionCode
{
    /// <summary>ReLU and He's initial weights.</summary>
    ReluAndHe,

    /// <summary>Smaller steps, and a bound on the gradient.</summary>
    SmallerStepsAndClipping,

    /// <summary>Initial weights that fit the layer's width, and a bound on the gradient.</summary>
    FittingInitializationAndClipping,

    /// <summary>Leaky ReLU, and smaller steps.</summary>
    LeakyReluAndSmallerSteps,

    /// <summary>Xavier's initial weights.</summary>
    XavierInitialization,

    /// <summary>Smaller steps.</summary>
    SmallerSteps,

    /// <summary>Random initial weights.</summary>
    RandomInitialization,

    /// <summary>A smaller learning rate. Argument: <c>learningRate</c>.</summary>
    SmallerLearningRate,

    /// <summary>A larger learning rate. Arguments: <c>factor</c>, <c>learningRate</c>.</summary>
    LargerLearningRate,

    /// <summary>Dropout, weight decay and early stopping, as far as they are missing; more data.</summary>
    Regularize,

    /// <summary>A wider network, for longer.</summary>
    WiderNetwork,

    /// <summary>More epochs.</summary>
    MoreEpochs,

    /// <summary>A smaller learning rate, and a bound on the gradient. Argument: <c>learningRate</c>.</summary>
    SmallerLearningRateAndClipping,

    /// <summary>Stronger dropout and weight decay, and augmented images, as far as there is room.</summary>
    RegularizeMore,

    /// <summary>A network of half the width.</summary>
    SmallerNetwork,

    /// <summary>As many epochs as it took to the lowest validation loss. Argument: <c>epochs</c>.</summary>
    FewerEpochs,

    /// <summary>Batch normalisation.</summary>
    BatchNormalization,

    /// <summary>Adam instead of one step size for all weights.</summary>
    AdaptiveOptimizer,

    /// <summary>Larger steps, where there are no more epochs to add. Argument: <c>learningRate</c>.</summary>
    LargerSteps,
}

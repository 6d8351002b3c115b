using System.Globalization;
using System.Text.Json;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Events.Diagnosis;

/// <summary>A suggested change of the spec.</summary>
public sealed record Suggestion
{
    /// <summary>The suggestion.</summary>
    public required SuggestionCode Code { get; init; }

    /// <summary>Arguments of the message, as documented with its code.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Arguments { get; init; }

    /// <summary>The message in English.</summary>
    public required string Message { get; init; }

    /// <summary>The changes of the spec, to fork the run with.</summary>
    public required IReadOnlyList<SpecChange> Changes { get; init; }

    /// <summary>Creates a suggestion with its text.</summary>
    public static Suggestion Create(SuggestionCode code, IReadOnlyList<SpecChange> changes, params (string Name, object? Value)[] arguments)
    {
        var named = Json.MessageArguments.From(arguments);
        return new Suggestion { Code = code, Arguments = named, Message = Text(code, new MessageArgumentReader(named)), Changes = changes };
    }

    private static string Text(SuggestionCode code, MessageArgumentReader about) => code switch
    {
        SuggestionCode.ReluAndHe => "ReLU passes the gradient of every active unit unchanged, and He initialization keeps its size from layer to layer.",
        SuggestionCode.SmallerStepsAndClipping => "Smaller steps keep units in the range where they learn.",
        SuggestionCode.FittingInitializationAndClipping =>
            "An initialization that fits the width of the layers keeps the size of the gradient; clipping bounds its norm.",
        SuggestionCode.LeakyReluAndSmallerSteps =>
            "Leaky ReLU passes a small gradient where ReLU passes none, and a lower learning rate keeps units from dying.",
        SuggestionCode.XavierInitialization => "Xavier initialization keeps the inputs of the activation in the range where it has a slope.",
        SuggestionCode.SmallerSteps => "Smaller steps keep the inputs of the activation in the range where it has a slope.",
        SuggestionCode.RandomInitialization => "Random initial weights make the units of a layer different.",
        SuggestionCode.SmallerLearningRate => Invariant($"Use a learning rate of {about.Brief("learningRate", 3)}."),
        SuggestionCode.LargerLearningRate => Invariant(
            $"Use {about.Number("factor"):0} times the learning rate: updates are then about a thousandth of the weights."),
        SuggestionCode.Regularize =>
            "Dropout and weight decay reduce overfitting, and early stopping ends the run when validation stops improving. More training data helps most.",
        SuggestionCode.WiderNetwork => "A wider network can represent more; train it for more epochs too.",
        SuggestionCode.MoreEpochs => "Train for more epochs.",
        SuggestionCode.SmallerLearningRateAndClipping => Invariant(
            $"Use a learning rate of {about.Brief("learningRate", 3)}, and clip the norm of the gradient."),
        SuggestionCode.RegularizeMore =>
            "Regularization is in use already: strengthen it with a dropout rate of 0.5, ten times the weight decay, and augmented images.",
        SuggestionCode.SmallerNetwork => "Regularization is strong already: a network of half the width can memorize less.",
        SuggestionCode.FewerEpochs => Invariant($"Train for {about["epochs"]} epochs, where the validation loss was lowest. More training data helps most."),
        SuggestionCode.BatchNormalization => "Batch normalization gives the inputs of every activation the same variance, and gradients a similar size in all layers.",
        SuggestionCode.AdaptiveOptimizer => "Adam takes steps of about the same size for every weight, however small its gradient.",
        SuggestionCode.WeakerDecay => Invariant($"Use weight decay of strength {about.Brief("strength", 2)}."),
        SuggestionCode.LargerSteps => Invariant($"Use three times the learning rate: {about.Brief("learningRate", 3)}."),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "The code has no text."),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Suggestions of the diagnosis, with their arguments.</summary>
public enum SuggestionCode
{
    /// <summary>ReLU and He initialization.</summary>
    ReluAndHe,

    /// <summary>A smaller learning rate and gradient clipping.</summary>
    SmallerStepsAndClipping,

    /// <summary>An initialization that fits the width of the layers, and gradient clipping.</summary>
    FittingInitializationAndClipping,

    /// <summary>Leaky ReLU and a smaller learning rate.</summary>
    LeakyReluAndSmallerSteps,

    /// <summary>Xavier initialization.</summary>
    XavierInitialization,

    /// <summary>A smaller learning rate, for saturated units.</summary>
    SmallerSteps,

    /// <summary>Random initial weights.</summary>
    RandomInitialization,

    /// <summary>A smaller learning rate. Argument: <c>learningRate</c>.</summary>
    SmallerLearningRate,

    /// <summary>A larger learning rate. Arguments: <c>factor</c>, <c>learningRate</c>.</summary>
    LargerLearningRate,

    /// <summary>Dropout, weight decay and early stopping where they are off; more data.</summary>
    Regularize,

    /// <summary>A wider network and more epochs.</summary>
    WiderNetwork,

    /// <summary>More epochs.</summary>
    MoreEpochs,

    /// <summary>A smaller learning rate and gradient clipping, after a divergence. Argument: <c>learningRate</c>.</summary>
    SmallerLearningRateAndClipping,

    /// <summary>Stronger dropout and weight decay, and augmented images, where possible.</summary>
    RegularizeMore,

    /// <summary>A network of half the width.</summary>
    SmallerNetwork,

    /// <summary>Epochs up to the lowest validation loss. Argument: <c>epochs</c>.</summary>
    FewerEpochs,

    /// <summary>Batch normalization.</summary>
    BatchNormalization,

    /// <summary>Adam instead of one step size for all weights.</summary>
    AdaptiveOptimizer,

    /// <summary>A larger learning rate, where epochs cannot be added. Argument: <c>learningRate</c>.</summary>
    LargerSteps,

    /// <summary>Weaker weight decay. Argument: <c>strength</c>.</summary>
    WeakerDecay,
}

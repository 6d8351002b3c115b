namespace Trainyard.Specs.Events.Diagnosis;

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

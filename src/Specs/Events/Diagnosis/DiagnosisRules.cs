namespace Trainyard.Specs.Events.Diagnosis;

/// <summary>Names of the rules of the diagnosis, with the arguments of their findings.</summary>
public static class DiagnosisRules
{
    /// <summary>
    /// Arguments: <c>first</c> and <c>last</c> (layers), <c>ratio</c> (norm of the gradient with respect to the output of the first to that of the last),
    /// <c>perLayer</c> (factor from layer to layer in the backward pass).
    /// </summary>
    public const string VanishingGradient = "vanishing_gradient";

    /// <summary>Arguments as of <see cref="VanishingGradient"/>.</summary>
    public const string ExplodingGradient = "exploding_gradient";

    /// <summary>Arguments: <c>layer</c> (the worst) and its <c>share</c>, <c>meanShare</c> over all ReLU layers; shares 0 to 1.</summary>
    public const string DeadRelu = "dead_relu";

    /// <summary>Arguments: <c>layer</c> (the worst) and its <c>share</c>, 0 to 1.</summary>
    public const string SaturatedUnits = "saturated_units";

    /// <summary>Argument: <c>layers</c> (names).</summary>
    public const string SymmetricInitialization = "symmetric_initialization";

    /// <summary>
    /// Arguments: <c>reason</c>, <c>epoch</c>, training losses <c>from</c> and <c>to</c>, <c>learningRate</c>. Reason <c>worse_than_untrained</c>: from the first
    /// step to the mean of the epoch; <c>loss_rose</c>: from the lowest of the recent epochs.
    /// </summary>
    public const string LearningRateTooHigh = "learning_rate_too_high";

    /// <summary>
    /// Arguments: <c>largestUpdateRatio</c>, <c>healthyUpdateRatio</c>, <c>epochs</c>, training losses <c>firstLoss</c> and <c>loss</c>, <c>learningRate</c>.
    /// </summary>
    public const string LearningRateTooLow = "learning_rate_too_low";

    /// <summary>
    /// Arguments: <c>epoch</c> of the lowest validation loss, <c>risePercent</c> since, validation losses <c>lowestLoss</c> and <c>loss</c>, training losses
    /// <c>trainLossThen</c> and <c>trainLoss</c>, <c>trainAccuracy</c> and <c>validationAccuracy</c> (0 to 1; may be null).
    /// </summary>
    public const string Overfitting = "overfitting";

    /// <summary>
    /// Arguments: <c>trainAccuracy</c>, <c>chance</c> (accuracy of guessing), <c>epochs</c> and the <c>fall</c> of the training loss over them (share),
    /// <c>stuck</c>: whether that is close to 0.
    /// </summary>
    public const string Underfitting = "underfitting";

    /// <summary>
    /// Arguments: <c>reason</c>. <c>weights_grow</c>: decay alone multiplies each weight by <c>factor</c> per update. <c>weights_vanish</c>: the norm of all
    /// weights is <c>ratio</c> of that of the initial ones. And <c>strength</c>; the argument of the other reason is null.
    /// </summary>
    public const string WeightDecayTooStrong = "weight_decay_too_strong";

    /// <summary>
    /// Arguments: <c>what</c> is not finite (<c>loss</c>, <c>gradient</c> or <c>optimizer_state</c>), <c>step</c>, <c>epoch</c>, <c>lastLoss</c> and
    /// <c>lastStep</c> (finite; null: none was), <c>learningRate</c>, <c>decayFactor</c> (of weight decay on the weights per update, when that alone makes
    /// them grow; else null).
    /// </summary>
    public const string Diverged = "diverged";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        VanishingGradient, ExplodingGradient, DeadRelu, SaturatedUnits, SymmetricInitialization, WeightDecayTooStrong, LearningRateTooHigh, LearningRateTooLow, Overfitting,
        Underfitting, Diverged,
    ];
}

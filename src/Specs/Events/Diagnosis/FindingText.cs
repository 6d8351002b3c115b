using System.Globalization;
using System.Text.Json;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Events.Diagnosis;

/// <summary>The English texts of the diagnosis.</summary>
public static class FindingText
{
    /// <summary>One or two sentences with the measured values.</summary>
    /// <param name="rule">One of <see cref="DiagnosisRules"/>.</param>
    /// <param name="arguments">The rule's arguments.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rule.</exception>
    public static string From(string rule, IReadOnlyDictionary<string, JsonElement> arguments)
    {
        var about = new MessageArgumentReader(arguments);
        return rule switch
        {
            DiagnosisRules.VanishingGradient => Text(
                $"The norm of the gradient with respect to the output of {about["first"]} is {about.Brief("ratio", 2)} of that of {about["last"]}: it is multiplied by {about.Brief("perLayer", 2)} per layer in the backward pass, so the first layers hardly learn."),
            DiagnosisRules.ExplodingGradient => Text(
                $"The norm of the gradient with respect to the output of {about["first"]} is {about.Brief("ratio", 2)} times that of {about["last"]}: it grows by a factor of {about.Number("perLayer"):0.0} per layer in the backward pass."),
            DiagnosisRules.DeadRelu => Text(
                $"{about.Number("share"):0%} of the units of {about["layer"]} are 0 for every observed sample ({about.Number("meanShare"):0%} over all ReLU layers), so no gradient reaches them."),
            DiagnosisRules.SaturatedUnits => Text(
                $"{about.Number("share"):0%} of the outputs of {about["layer"]} are saturated: so close to a bound of the activation that hardly any gradient passes."),
            DiagnosisRules.SymmetricInitialization =>
                $"The weights of {string.Join(", ", about.Items("layers"))} are all equal (standard deviation 0), so the units of a layer cannot become different: "
                + "the network learns no more than with one unit per layer.",
            DiagnosisRules.WeightDecayTooStrong => about["reason"] == "weights_grow"
                ? Text($"Training makes the network worse: weight decay of strength {about.Brief("strength", 3)} alone multiplies the weights by {about.Brief("factor", 3)} in each update.")
                : Text($"The norm of the weights is {about.Brief("ratio", 2)} of that of the initial ones: weight decay of strength {about.Brief("strength", 3)} takes more from them than they learn."),
            DiagnosisRules.LearningRateTooHigh => LearningRateTooHigh(about),
            DiagnosisRules.LearningRateTooLow => Text(
                $"No update changes the weights of a layer by more than {about.Brief("largestUpdateRatio", 2)} of their norm (about {about.Brief("healthyUpdateRatio", 1)} is typical), ")
                + Text($"and after {about["epochs"]} epochs the training loss is still {about.Brief("loss", 4)}, from {about.Brief("firstLoss", 4)} at the start: ")
                + Text($"the learning rate of {about.Brief("learningRate", 3)} is too low."),
            DiagnosisRules.Overfitting => Text(
                $"Since epoch {about["epoch"]} the validation loss rose by {about.Number("risePercent"):0}% (from {about.Brief("lowestLoss", 3)} to {about.Brief("loss", 3)}) ")
                + Text($"while the training loss fell from {about.Brief("trainLossThen", 3)} to {about.Brief("trainLoss", 3)}; ")
                + Text($"accuracy is {about.NumberOrNull("trainAccuracy"):0.0%} on training samples and {about.NumberOrNull("validationAccuracy"):0.0%} on validation samples."),
            DiagnosisRules.Underfitting => Text(
                $"The training accuracy is only {about.Number("trainAccuracy"):0.0%} (guessing: {about.Number("chance"):0.0%}), and over the last {about["epochs"]} epochs ")
                + Text($"the training loss fell by {about.Number("fall"):0.0%}: ") + (about.IsTrue("stuck") ? "the network has too little capacity, or is not optimized well." : "it is still improving."),
            DiagnosisRules.Diverged => Diverged(about),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "The rule has no text."),
        };
    }

    private static string LearningRateTooHigh(MessageArgumentReader about)
    {
        var what = about["reason"] == "worse_than_untrained"
            ? Text($"the mean training loss of epoch {about["epoch"]} is {about.Brief("to", 3)}, but that of the first step was {about.Brief("from", 3)}")
            : Text($"the training loss rose from {about.Brief("from", 3)} to {about.Brief("to", 3)}");
        return Text($"Training makes the network worse: {what}. The learning rate of {about.Brief("learningRate", 3)} is too high.");
    }

    private static string Diverged(MessageArgumentReader about)
    {
        var before = about.IsNull("lastLoss") ? "no earlier loss was finite" : Text($"the last finite loss was {about.Brief("lastLoss", 4)} after step {about["lastStep"]}");
        var what = about["what"] switch
        {
            "gradient" => "The gradient became NaN or infinite",
            "optimizer_state" => "The optimizer's state became NaN or infinite",
            _ => "The loss became NaN or infinite",
        };
        var cause = about.IsNull("decayFactor")
            ? Text($"The learning rate is {about.Brief("learningRate", 3)}.")
            : Text($"Weight decay alone multiplies the weights by {about.Brief("decayFactor", 3)} in each update.");
        return Text($"{what} by step {about["step"]} in epoch {about["epoch"]}; {before}. {cause}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

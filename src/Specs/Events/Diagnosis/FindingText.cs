using System.Globalization;
using System.Text.Json;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Events.Diagnosis;

/// <summary>The English of what the diagnosis finds.</summary>
public static class FindingText
{
    /// <summary>One or two sentences with the measured numbers.</summary>
    /// <param name="rule">One of <see cref="DiagnosisRules"/>.</param>
    /// <param name="arguments">The rule's arguments.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rule.</exception>
    public static string Of(string rule, IReadOnlyDictionary<string, JsonElement> arguments)
    {
        var about = new MessageArgumentReader(arguments);
        return rule switch
        {
            DiagnosisRules.VanishingGradient => Text(
                $"The norm of the gradient with respect to the output of {about["first"]} is {about.Brief("ratio", 2)} of that of {about["last"]}: it shrinks to {about.Number("perLayer"):0.00} of itself from layer to layer, so the first layers hardly learn."),
            DiagnosisRules.ExplodingGradient => Text(
                $"The norm of the gradient with respect to the output of {about["first"]} is {about.Brief("ratio", 2)} times that of {about["last"]}: it grows {about.Number("perLayer"):0.0} times from layer to layer in the backward pass."),
            DiagnosisRules.DeadRelu => Text(
                $"{about.Number("share"):P0} of the units of {about["layer"]} are 0 for every observed sample ({about.Number("meanShare"):P0} over all ReLU layers); no gradient reaches them."),
            DiagnosisRules.SaturatedUnits => Text(
                $"{about.Number("share"):P0} of the outputs of {about["layer"]} are so close to a bound that hardly any gradient passes them."),
            DiagnosisRules.SymmetricInitialization =>
                $"The weights of {string.Join(", ", about.Items("layers"))} all start equal (standard deviation 0), so the units of a layer cannot become different: "
                + "the network learns no more than with one unit a layer.",
            DiagnosisRules.LearningRateTooHigh => LearningRateTooHigh(about),
            DiagnosisRules.LearningRateTooLow => Text(
                $"An update changes the weights of no layer by more than {about.Brief("largestUpdateRatio", 2)} of their size (about {about.Brief("healthyUpdateRatio", 1)} is healthy), ")
                + Text($"and after {about["epochs"]} epochs the training loss is {about.Brief("loss", 4)} where it began at {about.Brief("firstLoss", 4)}: ")
                + Text($"the learning rate of {about.Brief("learningRate", 3)} is too low."),
            DiagnosisRules.Overfitting => Text(
                $"Since epoch {about["epoch"]} the validation loss has risen by {about.Number("risePercent"):0} % (from {about.Brief("lowestLoss", 3)} to {about.Brief("loss", 3)}) ")
                + Text($"while the training loss fell from {about.Brief("trainLossThen", 3)} to {about.Brief("trainLoss", 3)}; ")
                + Text($"accuracy is {about.NumberOrNull("trainAccuracy"):P1} on training and {about.NumberOrNull("validationAccuracy"):P1} on validation samples."),
            DiagnosisRules.Underfitting => Text(
                $"The network is right on only {about.Number("trainAccuracy"):P1} of its training samples (guessing: {about.Number("chance"):P1}), and over the last {about["epochs"]} epochs ")
                + Text($"the training loss fell by {about.Number("fall"):P1}: ") + (about.IsTrue("stuck") ? "it cannot represent more, or cannot find it." : "it still learns."),
            DiagnosisRules.Diverged => Diverged(about),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "There is no such rule."),
        };
    }

    private static string LearningRateTooHigh(MessageArgumentReader about)
    {
        var what = about["reason"] == "worse_than_untrained"
            ? Text($"the mean training loss of epoch {about["epoch"]} is {about.Brief("to", 3)}, that of the first step was {about.Brief("from", 3)}")
            : Text($"the training loss rose from {about.Brief("from", 3)} to {about.Brief("to", 3)}");
        return Text($"Training makes the network worse: {what}. The learning rate of {about.Brief("learningRate", 3)} is too high for it.");
    }

    private static string Diverged(MessageArgumentReader about)
    {
        var before = about.IsNull("lastLoss") ? "no loss before was finite" : Text($"the last finite loss was {about.Brief("lastLoss", 4)} after step {about["lastStep"]}");
        return Text($"The loss stopped being a number by step {about["step"]} in epoch {about["epoch"]}; {before}. The learning rate is {about.Brief("learningRate", 3)}.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

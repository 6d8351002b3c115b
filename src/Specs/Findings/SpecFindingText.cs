using System.Globalization;
using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Findings;

/// <summary>The English texts of findings: what is wrong, what is allowed, and how to fix it.</summary>
internal static class SpecFindingText
{
    private const string ObjectForm = "an object: { ... }";

    public static (string Message, string Allowed, string Fix) From(SpecFindingCode code, string pointer, MessageArgumentReader about) =>
        Document(code, pointer, about) ?? Value(code, about) ?? Technique(code, about) ?? Rule(code, about) ?? Shape(code, about)
        ?? SearchSpace(code, about) ?? Lab(code, about) ?? throw new ArgumentOutOfRangeException(nameof(code), code, "The code has no text.");

    private static (string Message, string Allowed, string Fix)? Document(SpecFindingCode code, string pointer, MessageArgumentReader about) => code switch
    {
        SpecFindingCode.MalformedJson => (
            $"The document is not valid JSON: {about["detail"]}",
            $"one JSON object in UTF-8, at most {about["maximumDepth"]} levels deep, without NaN, comments and trailing commas",
            "Correct the JSON at the given position."),
        SpecFindingCode.NotAnObject => ($"{(pointer.Length == 0 ? "The document" : pointer)} must be an object.", ObjectForm, "Write an object."),
        SpecFindingCode.DuplicateMember => ($"'{about["member"]}' appears twice.", "each setting once", "Remove one of the two."),
        SpecFindingCode.UnknownMember => (
            $"Unknown setting '{about["member"]}'.",
            string.Join(", ", about.Items("known")),
            about.IsNull("suggested") ? "Remove it." : $"Rename it to \"{about["suggested"]}\", or remove it."),
        SpecFindingCode.MissingObject => (Missing(about), ObjectForm, $"Add \"{about["member"]}\": {{ ... }}, as in examples/quickstart.json."),
        SpecFindingCode.PastTime => ("Must be in the future.", "a time in the future", "Write a later time."),
        SpecFindingCode.MissingMember => (Missing(about), "any value", $"Add \"{about["member"]}\"."),
        SpecFindingCode.MissingList => (Missing(about), List(about), $"Add \"{about["member"]}\": [ ... ]."),
        SpecFindingCode.WrongList => ($"Must be {List(about)}.", List(about), $"Write {List(about)}."),
        SpecFindingCode.UnknownPath => (
            "The spec has no such path.", "a JSON pointer to a setting of the canonical spec; /- appends to an array", "Use a path of the run's spec."),
        _ => null,
    };

    private static (string Message, string Allowed, string Fix)? Value(SpecFindingCode code, MessageArgumentReader about)
    {
        if (code is not (SpecFindingCode.MissingValue or SpecFindingCode.WrongType or SpecFindingCode.NotAnInteger or SpecFindingCode.OutOfRange
            or SpecFindingCode.RoundsToLimit or SpecFindingCode.NotAChoice or SpecFindingCode.WrongNumbers or SpecFindingCode.WrongText))
        {
            return null;
        }

        var definition = about.Read<ParameterDefinition>("allowed");
        var allowed = definition.DescribeAllowed();
        var message = code switch
        {
            SpecFindingCode.MissingValue => Missing(about),
            SpecFindingCode.OutOfRange when definition.Minimum != definition.Maximum => $"Must be {definition.DescribeRange()}.",
            SpecFindingCode.RoundsToLimit => $"In float32, the format of the weights, this is {about["limit"]}; it must be {definition.DescribeRange()}.",
            SpecFindingCode.NotAChoice => $"Must be one of {allowed}.",
            _ => $"Must be {allowed}.",
        };
        var fix = code switch
        {
            SpecFindingCode.MissingValue => $"Add \"{about["member"]}\": {allowed}.",
            SpecFindingCode.WrongText when definition.Kind == ParameterKind.MultilineText => "Write a shorter text without control characters.",
            SpecFindingCode.WrongText => "Write a short text on one line.",
            _ when !about.IsNull("suggested") => $"Write {about.Json("suggested")}.",
            _ when definition.Kind is ParameterKind.Text or ParameterKind.MultilineText => "Write a text in quotes.",
            _ => $"Write {allowed}.",
        };
        return (message, allowed, fix);
    }

    private static (string Message, string Allowed, string Fix)? SearchSpace(SpecFindingCode code, MessageArgumentReader about) => code switch
    {
        SpecFindingCode.NotAPointer => (
            "Must be a JSON pointer of a setting.", "a JSON pointer, as in \"/training/optimizer/learningRate\"", "Start with a slash and separate names by slashes."),
        SpecFindingCode.RepeatedValue => ($"{about.Json("value")} appears twice.", $"each {about["member"]} once", "Remove one of the two."),
        SpecFindingCode.EmptyRange => (
            $"'low' is {about["low"]}, which is not below 'high', {about["high"]}.", $"a number greater than {about["low"]}", "Write a lower 'low' or a higher 'high'."),
        SpecFindingCode.LogOfNonPositive => (
            $"A logarithmic range cannot start at {about["low"]}.", "a number greater than 0", "Write a 'low' above 0, or remove \"log\": true."),
        SpecFindingCode.LogWithStep => (
            "A logarithmic range has no equal steps.", "\"step\" without \"log\": true", "Remove \"step\"; write \"points\" for the number of values in a grid."),
        SpecFindingCode.UnusedByParameter => (
            $"A parameter of kind \"{about["kind"]}\" has no setting '{about["member"]}'.",
            about["kind"] == "categorical" ? "\"values\"" : "\"low\", \"high\", \"log\", \"step\", \"points\"", $"Remove \"{about["member"]}\"."),
        SpecFindingCode.UnknownParameter => (
            $"No parameter '{about["name"]}' is listed before this one.",
            about.Items("known").Count == 0 ? "no condition: the first parameter has none before it" : about.Choices("known"),
            about.IsNull("suggested") ? "List that parameter first, or remove the condition." : $"Write \"{about["suggested"]}\"."),
        SpecFindingCode.ConditionNeverMet => (
            $"'{about["name"]}' never has this value.", $"values that '{about["name"]}' can have", "Write one of its values, or remove this one."),
        SpecFindingCode.GridNeedsPoints => (
            $"A grid over the range of '{about["name"]}' needs its points.", "\"step\" or \"points\"",
            "Add \"points\": 5, or \"step\", or choose another method."),
        SpecFindingCode.TestDuringSelection => (
            "A study selects on the validation split only.", "false; the test set is evaluated for the chosen trial, afterwards", "Remove \"evaluateTest\"."),
        SpecFindingCode.UnusedByMethod => (
            $"\"{about["name"]}\" has no setting '{about["member"]}'.", "settings that it has", $"Remove \"{about["member"]}\"."),
        SpecFindingCode.StoppingAfterEnd => (
            $"Early stopping never decides: its first decision is after epoch {about["first"]}, and training has {about["epochs"]}.",
            $"a first decision before epoch {about["epochs"]}",
            about.IsNull("suggested") ? "Train for more epochs, or remove \"stopping\"." : $"Write \"minimumEpochs\": {about["suggested"]} or less, or train for more epochs."),
        SpecFindingCode.NothingPromoted => (
            $"No trial is trained to the end: one of {about["factor"]} is promoted, and there are {about["trials"]}.",
            $"at least {about["factor"]} trials", "Plan more trials, or write a lower \"reductionFactor\"."),
        SpecFindingCode.StoppingNeedsTrials => (
            $"Early stopping never decides: it waits for {about["minimum"]} completed trials, and there are {about["trials"]}.",
            $"fewer than {about["trials"]} trials to wait for", "Plan more trials, or write a lower \"minimumTrials\"."),
        SpecFindingCode.OnlyStartupTrials => (
            $"All {about["trials"]} trials are random: the first {about["startup"]} come before the model.",
            $"more than {about["startup"]} trials", "Plan more trials, or write a lower \"startupTrials\"."),
        SpecFindingCode.ParallelismUnused => (
            $"At most {about["trials"]} trials are in training at a time: there are no more.", $"at most {about["trials"]}", $"Write \"parallelism\": {about["trials"]} or less."),
        SpecFindingCode.BudgetTooSmall => (
            about["unit"] == "seconds"
                ? $"The budget of {about.Brief("budget", 2)} s is used up before the first trial ends, which takes about {about.Brief("expected", 2)} s."
                : $"The budget of {about.Brief("budget", 2)} floating-point operations is used up before the first trial ends, which takes {about.Brief("expected", 2)}.",
            "several times what a trial takes", "Raise the budget."),
        SpecFindingCode.NotVaried => ($"A study sets '{about["pointer"]}' itself.", "other settings", "Remove this parameter; \"seeds\" repeats each trial with several seeds."),
        _ => null,
    };

    private static (string Message, string Allowed, string Fix)? Lab(SpecFindingCode code, MessageArgumentReader about) => code switch
    {
        SpecFindingCode.InvalidExpression => (
            ExpressionProblemText.From(about), "an expression of numbers, variables, + - * / ^, parentheses and functions", "Correct the expression at this position."),
        SpecFindingCode.UnknownVariable => (
            $"The variable '{about["name"]}' has no value.", about.Items("known").Count == 0 ? "an expression without variables" : string.Join(", ", about.Items("known")),
            about.IsNull("suggested") ? "Give it a value, or use another variable." : $"Write {about["suggested"]}, or give it a value."),
        SpecFindingCode.NotFinite => (
            $"{about["expression"]} has no finite value or gradient here.", "values for which everything is finite", "Use other values."),
        SpecFindingCode.WrongGrid when about.IsNull("rows") => (
            $"Must be rows of the same length, the same number of them for each of {about["channels"]} channels.", $"up to {about["maximum"]} rows of a channel, of up to {about["maximum"]} numbers",
            "Write the rows of the channels one below the other."),
        SpecFindingCode.WrongGrid => (
            $"Must be {about["rows"]} rows of {about["columns"]} numbers.", $"{about["rows"]} rows of {about["columns"]} numbers",
            "Write the rows of each filter, channel by channel, one below the other."),
        _ => null,
    };

    private static (string Message, string Allowed, string Fix)? Technique(SpecFindingCode code, MessageArgumentReader about) => code switch
    {
        SpecFindingCode.MissingTechnique => (Missing(about), about.Choices("names"), $"Add \"{about["member"]}\": \"{about["suggested"]}\"."),
        SpecFindingCode.NotATechnique => (
            $"Must be the name of a technique ({Kind(about)}), or an object with a name.", about.Choices("names"), $"Write \"{about["suggested"]}\"."),
        SpecFindingCode.MissingTechniqueName => ("'name' is required.", about.Choices("names"), $"Add \"name\": \"{about["suggested"]}\"."),
        SpecFindingCode.UnknownTechnique => ($"Unknown {Kind(about)}.", about.Choices("names"), $"Write {Named(about)}{Beside(about)}."),
        _ => null,
    };

    private static (string Message, string Allowed, string Fix)? Rule(SpecFindingCode code, MessageArgumentReader about) => code switch
    {
        SpecFindingCode.CnnNeedsImages => (
            "A convolutional network needs images.", $"\"mlp\": the samples of '{about["dataset"]}' are points, not images",
            "Write \"kind\": \"mlp\", or choose an image dataset."),
        SpecFindingCode.AugmentationNeedsImages => ("Only images can be augmented.", "null: the samples are points, not images", "Remove \"augmentation\"."),
        SpecFindingCode.FeaturesNeedPoints => (
            "Only points in the plane have features.", $"null: the samples of '{about["dataset"]}' are images, not points", "Remove \"features\"."),
        SpecFindingCode.NoFeatures => ("The network has no input.", "at least one feature", "Write \"x1\": true, or remove \"features\"."),
        SpecFindingCode.UnusedMember => (
            $"A model of kind \"{about["kind"]}\" has no setting '{about["member"]}'.", $"\"{about["member"]}\" with \"kind\": \"{about["neededKind"]}\" only",
            $"Write \"kind\": \"{about["neededKind"]}\", or remove \"{about["member"]}\"."),
        SpecFindingCode.UnusedDense => (
            $"A model of kind \"{about["kind"]}\" has its own dense layers.", "\"dense\" with \"kind\": \"mlp\" or \"cnn\" only", "Remove \"dense\"."),
        SpecFindingCode.TooManyParameters => (
            $"The network has {about.Grouped("parameters")} parameters, too many to train; {about["layer"]} alone has {about.Grouped("layerParameters")}.",
            $"at most {about.Grouped("maximum")} parameters", "Use fewer units or filters, or pool before the dense layers."),
        SpecFindingCode.MuchMemory => (
            string.Create(CultureInfo.InvariantCulture, $"Training needs about {about.Number("memoryBytes") / (1L << 30):F1} GiB of memory."),
            "a batch whose activations fit into the machine's memory", $"Try \"batchSize\": {about["suggested"]}."),
        SpecFindingCode.TooMuchMemory => (
            $"Training needs about {Gibibytes(about, "memoryBytes")} of memory, more than the {Gibibytes(about, "maximumBytes")} that there are.",
            $"at most {Gibibytes(about, "maximumBytes")}",
            about.IsNull("suggested") ? "Use a smaller network or dataset." : $"Write \"batchSize\": {about["suggested"]} or less, or use a smaller network."),
        SpecFindingCode.TooLong => (
            $"Training takes {about.Brief("operations", 2)} floating-point operations: at least {Duration(about, "leastSeconds")} on the fastest device of its kind, "
            + $"more than its time limit of {Duration(about, "limitSeconds")}.",
            "training that can end within its time limit, which is at most 7 days",
            about.IsNull("suggested") ? "Use a smaller network or dataset." : $"Write \"epochs\": {about["suggested"]} or less, or use a smaller network."),
        SpecFindingCode.LongerThanLimit => (
            $"At the speed of similar runs training takes about {Duration(about, "expectedSeconds")}, more than its time limit of {Duration(about, "limitSeconds")}.",
            "a time limit that training does not reach", $"Write \"timeLimitSeconds\": {about["suggested"]}, or train fewer epochs."),
        SpecFindingCode.ValidationFractionIgnored => (
            $"'validationFraction' has no effect: 'validationCount' holds out {about.Grouped("count")} samples.", "one of the two",
            "Remove \"validationFraction\", or write \"validationCount\": null."),
        SpecFindingCode.LabelNoiseAtChance => (
            $"With {about["classes"]} classes and a label noise of {about["noise"]}, a label is right no more often than by chance: there is nothing to learn.",
            $"less than {about.Brief("limit", 3)}", $"Write \"labelNoise\": {about["suggested"]}."),
        SpecFindingCode.SplitTooSmall => (
            $"The split leaves {about["train"]} samples for training and {about["validation"]} for validation.",
            $"at least {about["classes"]} samples in each split, one per class", "Use more samples, or hold out about 20% of them."),
        SpecFindingCode.FullBatch => (
            $"The batch is not smaller than the training set of {about.Grouped("trainSamples")} samples, so every update uses all of them (full-batch gradient descent).",
            $"less than {about.Grouped("trainSamples")} for mini-batches", $"Write a number less than {about.Grouped("trainSamples")} for mini-batches."),
        SpecFindingCode.HeWithBoundedActivation => (
            $"He initialization is derived for ReLU; with {about["activation"]} its initial weights are too large.", "\"xavier\" for sigmoid and tanh",
            "Write \"initialization\": \"xavier\"."),
        SpecFindingCode.AdamwWithCoupledDecay => (
            "AdamW is Adam with decoupled weight decay.", "\"decoupled\" or \"none\" with adamw", "Write \"weightDecay\": \"decoupled\", or \"optimizer\": \"adam\"."),
        SpecFindingCode.L2WithAdaptiveOptimizer => (
            about["optimizer"] is "lion" or "muon"
                ? $"With {about["optimizer"]} the size of an L2 penalty is lost: only the {(about["optimizer"] == "lion" ? "sign" : "direction")} of the gradient that it is added to is used."
                : $"With {about["optimizer"]} an L2 penalty is divided by the step scale of each weight, so the decay is uneven.",
            "\"decoupled\" for optimizers that scale the gradient",
            "Write \"weightDecay\": \"decoupled\"."),
        SpecFindingCode.NoEffect => (
            $"'{about["member"]}' has no effect: no layer of the network uses it.", $"a model of kind \"{about["kind"]}\" with a layer that uses it",
            about["kind"] == "layers" ? "Add such layers to \"layers\", or remove it." : "Add a hidden layer that uses it, or remove it."),
        SpecFindingCode.BatchNormOfOneValue => (
            $"With one sample per batch, {string.Join(", ", about.Items("layers"))} would normalize over a single value per channel, which has no variance: "
            + "the values are only scaled and shifted.",
            "at least 2 samples per batch, or no batch normalization of vectors and of 1 x 1 feature maps",
            "Write \"batchSize\": 2 or more, or remove batch normalization."),
        SpecFindingCode.WarmupTooLong => (
            $"The warmup of {about["warmup"]} epochs is not shorter than training ({about["epochs"]} epochs): the learning rate rises until the end.",
            $"less than {about["epochs"]} epochs", $"Write \"warmup\": {about["suggested"]}, or train for more epochs."),
        SpecFindingCode.LearningRateVanishes => (
            $"From epoch {about["epoch"]} of {about["epochs"]} on, the schedule multiplies the learning rate by less than 0.00001: the weights hardly change any more.",
            "a learning rate that is not negligible for most of training", "Use a factor nearer to 1, later reductions, or another schedule."),
        SpecFindingCode.ReductionAfterEnd => (
            $"{Reductions(about)} after the end of training ({about["epochs"]} epochs): the learning rate is not reduced then.",
            $"less than {MessageArgumentReader.Show(about.Number("epochs") - about.Number("warmup"))} epochs",
            $"Write \"{about["member"]}\": {about["suggested"]}, or train for more epochs."),
        SpecFindingCode.PatienceTooLong => (
            about["of"] == "plateau"
                ? $"With a patience of {about["patience"]} epochs the learning rate cannot be reduced within {about["epochs"]} epochs."
                : $"With a patience of {about["patience"]} epochs training cannot stop before its {about["epochs"]} epochs are over.",
            "a patience that is shorter than training",
            about.IsNull("suggested") ? "Train for more epochs." : $"Write \"patience\": {about["suggested"]}, or train for more epochs."),
        SpecFindingCode.DecayDiverges => (
            $"Weight decay alone multiplies the weights by {about.Brief("factor", 3)} in each update, so that they grow without bound.",
            $"a strength well below {about.Brief("limit", 3)}", $"Write \"strength\": {about["suggested"]}."),
        SpecFindingCode.DecayErasesWeights => (
            about.IsNull("share")
                ? $"The L1 penalty moves every weight by {about.Brief("amount", 2)} towards zero in each update, about as much as an initial weight."
                : string.Create(CultureInfo.InvariantCulture, $"Weight decay takes {about.Number("share"):0%} of every weight in each update: ")
                    + $"after {about["updates"]} update{(about["updates"] == "1" ? "" : "s")} less than 1% of a weight is left.",
            "a strength that leaves the weights standing for an epoch and longer", $"Write \"strength\": {about["suggested"]}."),
        SpecFindingCode.NoWorkerForDevice => (
            $"No worker with device \"{about["device"]}\" is connected: the run would wait until there is one.", "a device that a connected worker trains on",
            "Write \"device\": \"cpu\", or start a worker with Worker__Queues=cuda on a machine with an NVIDIA GPU."),
        _ => null,
    };

    private static (string Message, string Allowed, string Fix)? Shape(SpecFindingCode code, MessageArgumentReader about) => code switch
    {
        SpecFindingCode.EvenKernel => (
            "A kernel of even size cannot keep the size of its input with equal padding on both sides.", "an odd number with padding \"same\"",
            $"Write \"kernel\": {about["suggested"]}, or give \"padding\" as a number."),
        SpecFindingCode.NestedTooDeep => (
            $"Residual layers are nested more than {about["maximum"]} levels deep.", $"at most {about["maximum"]} levels", "Nest fewer residual layers."),
        SpecFindingCode.LayerNeedsImages => (
            $"{about["layer"]} is a {about["kind"]} layer and needs images.", $"a layer for vectors, such as dense: the input here is {about.Shape("input")}",
            "Put it before the flatten, global pool or dense layer."),
        SpecFindingCode.DenseNeedsVector => (
            $"{about["layer"]} is a dense layer and needs a vector.", $"a layer for images, or flatten first: the input here is {about.Shape("input")}",
            "Put { \"kind\": \"flatten\" } or a global pool before it."),
        SpecFindingCode.FilterTooLarge => (
            $"The kernel of {about["layer"]} covers {about["reach"]} pixels, more than its padded input.",
            $"a kernel that covers at most {about["maximum"]} pixels: the input here is {about["height"]} x {about["width"]} with padding {about["padding"]}",
            "Use a smaller kernel, more padding, or less pooling before it."),
        SpecFindingCode.NothingToPool => (
            $"The input of {about["layer"]} is smaller than its pooling window.",
            $"no pooling: the feature map here is {about["height"]} x {about["width"]}, the window {about["size"]} x {about["size"]}",
            "Remove the pooling here, or pool less before it."),
        SpecFindingCode.IncompleteMaxoutGroup => (
            $"Maxout takes the maximum of each group of channels, and the last group of {about["layer"]} is incomplete.",
            $"a multiple of {about["pieces"]} channels or units before maxout", $"Give the layer before it a multiple of {about["pieces"]} outputs."),
        SpecFindingCode.ResidualChangesShape => (
            $"{about["layer"]} adds its input to the output of its layers, but their shapes differ.",
            $"an output of {about.Shape("input")}, the shape of the input",
            "Keep stride 1, padding \"same\" and the same number of filters inside, and pool outside."),
        SpecFindingCode.OutputTooLarge => (
            $"The output of {about["layer"]} for one sample has {about.Shape("output")} values.", $"at most {about.Grouped("maximum")} values",
            "Use fewer filters, less padding or a larger stride, or pool before it."),
        SpecFindingCode.WeightsDoNotFit => (
            "The weights only fit a network with the same layers.",
            about.IsNull("expected") ? "no further layer with weights" : Layer(about.Object("expected")),
            "Keep the network as it is, or fork without weights."),
        _ => null,
    };

    private static string Gibibytes(MessageArgumentReader about, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{about.Number(name) / (1L << 30):#,0.#} GiB");

    private static string Duration(MessageArgumentReader about, string name) => about.Number(name) switch
    {
        < 120 and var seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} s"),
        < 7200 and var seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} minutes"),
        < 172_800 and var seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0} hours"),
        var seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400:#,0} days"),
    };

    private static string Reductions(MessageArgumentReader about) => about["member"] == "every"
        ? $"With a reduction every {about.Items("beyond")[0]} epochs{After(about)} the first one comes"
        : $"The milestones at {string.Join(", ", about.Items("beyond"))} epochs{After(about)} come";

    private static string After(MessageArgumentReader about) => about.Number("warmup") > 0 ? $" (and a warmup of {about["warmup"]})" : "";

    private static string Kind(MessageArgumentReader about) => about["kind"].Replace('_', ' ');

    private static string Named(MessageArgumentReader about) =>
        about.IsNull("parameters") ? $"\"{about["suggested"]}\"" : $"{{ \"name\": \"{about["suggested"]}\", {Members(about, "parameters")} }}";

    private static string Beside(MessageArgumentReader about) => about.IsNull("beside") ? "" : $" and {Members(about, "beside")}";

    private static string Members(MessageArgumentReader about, string name) =>
        string.Join(", ", about.Read<Dictionary<string, JsonElement>>(name).Select(member => $"\"{member.Key}\": {member.Value.GetRawText()}"));

    private static string Missing(MessageArgumentReader about) => $"'{about["member"]}' is required.";

    private static string List(MessageArgumentReader about) =>
        $"an array of {(about.Number("minimum") > 0 ? $"{about["minimum"]} to {about["maximum"]}" : $"at most {about["maximum"]}")} items";

    private static string Layer(MessageArgumentReader layer) =>
        $"{layer["name"]}: {layer["kind"]}, {layer.Shape("input")} to {layer.Shape("output")}, {layer.Grouped("parameters")} parameters";
}

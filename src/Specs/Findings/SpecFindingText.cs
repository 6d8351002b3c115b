using System.Globalization;
using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Findings;

/// <summary>The English of the findings: what is wrong, what is allowed, and what to write instead.</summary>
internal static class SpecFindingText
{
    public static (string Message, string Allowed, string Fix) Of(SpecFindingCode code, string pointer, MessageArgumentReader about) =>
        Document(code, pointer, about) ?? Value(code, about) ?? Technique(code, pointer, about) ?? Rule(code, about) ?? Shape(code, about)
        ?? throw new ArgumentOutOfRangeException(nameof(code), code, "The code has no sentences.");

    private static (string Message, string Allowed, string Fix)? Document(SpecFindingCode code, string pointer, MessageArgumentReader about) => code switch
    {
        SpecFindingCode.MalformedJson => (
            $"The document is not JSON: {about["detail"]}",
            $"one JSON object in UTF-8, at most {about["maximumDepth"]} levels deep; NaN, comments and trailing commas are not JSON",
            "Correct the JSON at the place named."),
        SpecFindingCode.NotAnObject => ($"{Title(pointer)} is not an object.", "an object: { ... }", "Write an object with the members of the documentation."),
        SpecFindingCode.DuplicateMember => ($"'{about["member"]}' is given twice.", "each member once", "Remove one of the two."),
        SpecFindingCode.UnknownMember => (
            $"'{about["member"]}' is not a member of {Title(pointer[..pointer.LastIndexOf('/')])}.",
            string.Join(", ", about.Items("known")),
            about.IsNull("suggested") ? "Remove it." : $"Write \"{about["suggested"]}\", or remove it."),
        SpecFindingCode.MissingObject => (
            Missing(about), "an object: { ... }", $"Add \"{about["member"]}\": {{ ... }}; examples/quickstart.json shows one."),
        SpecFindingCode.MissingList => (Missing(about), List(about), $"Add \"{about["member"]}\": [ ... ]."),
        SpecFindingCode.WrongList => ($"'{about["member"]}' is not {List(about)}.", List(about), $"Write {List(about)}."),
        SpecFindingCode.NoSuchPlace => (
            "The spec has no such place.", "a JSON pointer to a member of the canonical spec; - after an array adds to it",
            "Look at the run's spec and name a place in it."),
        _ => null,
    };

    private static (string Message, string Allowed, string Fix)? Value(SpecFindingCode code, MessageArgumentReader about)
    {
        var problem = code switch
        {
            SpecFindingCode.MissingValue or SpecFindingCode.MissingParameter => "is missing",
            SpecFindingCode.WrongType => "has the wrong type",
            SpecFindingCode.NotWhole => "is not a whole number",
            SpecFindingCode.OutOfRange => "is out of range",
            SpecFindingCode.NotAChoice => "is not one of the choices",
            SpecFindingCode.WrongNumbers => "is not such a list",
            SpecFindingCode.WrongText => $"has {about["length"]} characters or a control character",
            _ => null,
        };
        if (problem is null)
        {
            return null;
        }

        var allowed = about.Read<AllowedValue>("allowed");
        var fix = code switch
        {
            SpecFindingCode.MissingValue => $"Add \"{about["member"]}\": {allowed}.",
            SpecFindingCode.MissingParameter => "Write an object with the name and this parameter.",
            SpecFindingCode.WrongText => "Write a short text on one line.",
            _ when about.IsNull("suggested") => allowed.Kind == ParameterKind.Text ? "Write a text in quotes." : $"Write {allowed}.",
            _ => $"Write {about.Json("suggested")}.",
        };
        return ($"'{about["member"]}' {problem}.", $"{allowed}", fix);
    }

    private static (string Message, string Allowed, string Fix)? Technique(SpecFindingCode code, string pointer, MessageArgumentReader about) => code switch
    {
        SpecFindingCode.MissingTechnique => (Missing(about), about.Choices("names"), $"Add \"{about["member"]}\": \"{about["suggested"]}\"."),
        SpecFindingCode.NotATechnique => (
            $"{pointer} is neither a name nor an object with a name.", about.Choices("names"), $"Write \"{about["suggested"]}\"."),
        SpecFindingCode.MissingTechniqueName => ("'name' is missing.", about.Choices("names"), $"Add \"name\": \"{about["suggested"]}\"."),
        SpecFindingCode.UnknownTechnique => (
            $"There is no {about["kind"].Replace('_', ' ')} of that name.", about.Choices("names"), $"Write {Named(about)}{Beside(about)}."),
        _ => null,
    };

    private static (string Message, string Allowed, string Fix)? Rule(SpecFindingCode code, MessageArgumentReader about) => code switch
    {
        SpecFindingCode.CnnNeedsImages => (
            "A convolutional network needs images.", $"\"mlp\": samples of '{about["dataset"]}' are points, not images",
            "Write \"kind\": \"mlp\", or choose a dataset of images."),
        SpecFindingCode.AugmentationNeedsImages => ("Only images can be augmented.", "null: the samples are points, not images", "Remove \"augmentation\"."),
        SpecFindingCode.UnusedMember => (
            $"A model of kind {about["kind"]} has no {about["member"]}.", $"\"{about["member"]}\" with \"kind\": \"{about["neededKind"]}\" only",
            $"Write \"kind\": \"{about["neededKind"]}\", or remove \"{about["member"]}\"."),
        SpecFindingCode.UnusedDense => (
            $"A model of kind {about["kind"]} brings its own dense layers.", "dense layers of an mlp or cnn only", "Remove \"dense\"."),
        SpecFindingCode.TooManyParameters => (
            $"The network is too large: {about["parameters"]} parameters; {about["layer"]} alone has {about["layerParameters"]}.",
            $"at most {about["maximum"]} parameters", "Use fewer units or filters, or pool before the dense layers."),
        SpecFindingCode.MuchMemory => (
            string.Create(CultureInfo.InvariantCulture, $"Training needs about {about.Number("memoryBytes") / (1L << 30):F1} GiB of memory."),
            "a batch whose activations fit the machine's memory", $"Try \"batchSize\": {about["suggested"]}."),
        SpecFindingCode.SplitTooSmall => (
            $"The split leaves {about["train"]} samples for training and {about["validation"]} for validation.",
            $"a split that leaves at least {about["classes"]} samples on each side, one of every class", "Use more samples, or hold out about a fifth."),
        SpecFindingCode.FullBatch => (
            $"There are only {about["trainSamples"]} training samples, so every update uses all of them (full-batch gradient descent).",
            $"1 to {about["trainSamples"]} for mini-batches", $"Write a number below {about["trainSamples"]} for mini-batches."),
        SpecFindingCode.HeWithBoundedActivation => (
            $"He initialisation is derived for ReLU; with {about["activation"]} it starts too wide.", "\"xavier\" for sigmoid and tanh",
            "Write \"initialization\": \"xavier\"."),
        SpecFindingCode.AdamwWithCoupledDecay => (
            "AdamW is Adam with decoupled weight decay.", "\"decoupled\" or \"none\" with adamw", "Write \"weightDecay\": \"decoupled\", or \"optimizer\": \"adam\"."),
        SpecFindingCode.L2WithAdaptiveOptimizer => (
            about["optimizer"] is "lion" or "muon"
                ? $"With {about["optimizer"]} an L2 penalty loses its size: {(about["optimizer"] == "lion" ? "only the sign" : "only the directions")} of the gradient that it is added to count."
                : $"With {about["optimizer"]} an L2 penalty is divided by each weight's step scale and decays unevenly.",
            "\"decoupled\" for optimizers that scale the gradient",
            "Write \"weightDecay\": \"decoupled\"."),
        SpecFindingCode.NoEffect => (
            $"'{about["member"]}' has no effect here.", $"a model of kind {about["kind"]} with a layer that it applies to",
            about["kind"] == "layers" ? "Put such layers into \"layers\", or remove it." : "Add a hidden layer that it applies to, or remove it."),
        SpecFindingCode.BatchNormOfOneValue => (
            $"With one sample in a batch, {string.Join(", ", about.Items("layers"))} would normalise over a single value per channel, which has no variance: "
            + "the values pass unnormalised, only scaled and shifted.",
            "at least 2 samples in a batch, or no batch normalisation of vectors and of 1 x 1 maps", "Write \"batchSize\": 2 or more, or leave batch normalisation out."),
        SpecFindingCode.WarmupTooLong => (
            $"A warmup of {about["warmup"]} epochs takes all {about["epochs"]} epochs of training: the learning rate rises to the end.",
            $"fewer than {about["epochs"]} epochs", $"Write \"warmup\": {about["suggested"]}, or train for longer."),
        _ => null,
    };

    private static (string Message, string Allowed, string Fix)? Shape(SpecFindingCode code, MessageArgumentReader about) => code switch
    {
        SpecFindingCode.EvenKernel => (
            "An even filter cannot keep the size with equal padding on both sides.", "an odd number with padding \"same\"",
            $"Write \"kernel\": {about["suggested"]}, or give \"padding\" as a number."),
        SpecFindingCode.NestedTooDeep => (
            $"Residual layers are nested more than {about["maximum"]} deep.", $"at most {about["maximum"]} levels", "Put the inner layers side by side."),
        SpecFindingCode.LayerNeedsImages => (
            $"{about["layer"]} is a {about["kind"]} layer and needs images.", $"a layer for vectors, such as dense: the input here is {about.Shape("input")}",
            "Put it before the flatten, global pool or dense layer."),
        SpecFindingCode.DenseNeedsVector => (
            $"{about["layer"]} is a dense layer and needs a vector.", $"a layer for images, or flatten first: the input here is {about.Shape("input")}",
            "Put { \"kind\": \"flatten\" } or a global pool before it."),
        SpecFindingCode.FilterTooLarge => (
            $"The filter of {about["layer"]} covers {about["reach"]} pixels, more than its input has.",
            $"a filter that covers at most {about["maximum"]} pixels: the input here is {about["height"]} x {about["width"]} with padding {about["padding"]}",
            "Use a smaller filter, more padding, or less pooling before it."),
        SpecFindingCode.NothingToPool => (
            $"There is nothing left to pool for {about["layer"]}.",
            $"no pooling: the feature map here is {about["height"]} x {about["width"]}, the window {about["size"]} x {about["size"]}",
            "Leave the pooling out here, or pool less before."),
        SpecFindingCode.IncompleteMaxoutGroup => (
            $"Maxout takes the largest of each group of channels, and the last group of {about["layer"]} is not full.", $"a multiple of {about["pieces"]} channels or units before maxout",
            $"Give the layer before it a multiple of {about["pieces"]} outputs."),
        SpecFindingCode.ResidualChangesShape => (
            $"{about["layer"]} adds its input to the output of its layers, and the two have different shapes.",
            $"an output of {about.Shape("input")}, the shape of the input",
            "Keep stride 1, padding \"same\" and the same number of filters inside, and pool outside."),
        SpecFindingCode.OutputTooLarge => (
            $"The output of {about["layer"]} for one sample is {about.Shape("output")} values.", $"at most {about["maximum"]} values",
            "Use fewer filters, less padding or a larger stride, or pool before it."),
        SpecFindingCode.WeightsDoNotFit => (
            "Weights fit only a network with the same layers.",
            about.IsNull("expected") ? "no further layer with weights" : about.Read<LayerFit>("expected").ToString(),
            "Keep the network as it is, or fork without weights."),
        _ => null,
    };

    private static string Named(MessageArgumentReader about) =>
        about.IsNull("parameters") ? $"\"{about["suggested"]}\"" : $"{{ \"name\": \"{about["suggested"]}\", {Members(about, "parameters")} }}";

    private static string Beside(MessageArgumentReader about) => about.IsNull("beside") ? "" : $", and {Members(about, "beside")} beside it";

    private static string Members(MessageArgumentReader about, string name) =>
        string.Join(", ", about.Read<Dictionary<string, JsonElement>>(name).Select(member => $"\"{member.Key}\": {member.Value.GetRawText()}"));

    private static string Title(string pointer) => pointer.Length == 0 ? "the spec" : pointer;

    private static string Missing(MessageArgumentReader about) => $"'{about["member"]}' is missing.";

    private static string List(MessageArgumentReader about) =>
        $"an array of {(about.Number("minimum") > 0 ? $"{about["minimum"]} to {about["maximum"]}" : $"at most {about["maximum"]}")} items";
}

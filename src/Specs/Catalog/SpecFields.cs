using Trainyard.Specs.Spec;
using static Trainyard.Specs.Catalog.ParameterDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>The fixed members of a spec. Members that name a technique are in the catalog.</summary>
public static class SpecFields
{
    internal static readonly ParameterDefinition Version = Integer(
        "version", ExperimentSpec.CurrentVersion, ExperimentSpec.CurrentVersion, ExperimentSpec.CurrentVersion, "Version of the spec format.");

    internal static readonly ParameterDefinition Name = Text("name", "Untitled run", 100, "What you call the run.");

    internal static readonly ParameterDefinition Experiment = Text("experiment", "default", 100, "The named group that the run belongs to.");

    internal static readonly ParameterDefinition Seed = Integer(
        "seed", 1, 0, int.MaxValue, "Seed of every random draw. The same spec with the same seed gives the same numbers.");

    internal static readonly ParameterDefinition ValidationFraction = Number(
        "validationFraction", 0.1, 0.01, 0.9, "Share of the training data that is held out for validation: shuffled by the seed, the same share of every class.");

    internal static readonly ParameterDefinition TrainLimit = Integer(
        "trainLimit", null, 10, 10_000_000, "Train on at most this many samples, to see overfitting; null trains on all.", "samples", nullable: true);

    internal static readonly ParameterDefinition ValidationCount = Integer(
        "validationCount", null, 2, 1_000_000, "Number of samples to hold out instead of a share.", "samples", nullable: true);

    internal static readonly ParameterDefinition LabelNoise = Number(
        "labelNoise", 0, 0, 0.9, "Share of the training labels that is replaced by a wrong one, to see memorising. Validation and test labels stay right.");

    internal static readonly ParameterDefinition Flip = Flag("flip", false, "Mirror each training image left to right with probability 1/2.");

    internal static readonly ParameterDefinition Crop = Integer(
        "crop", 0, 0, 16, "Zero padding on each side before a crop of the original size at a random place.", "pixels");

    internal static readonly ParameterDefinition Cutout = Integer("cutout", 0, 0, 32, "Side of a square at a random place that is blanked; 0: none.", "pixels");

    internal static readonly ParameterDefinition TestTimeFlip = Flag(
        "testTimeFlip", false, "Score each validation and test image by the mean of its own scores and those of its mirror image.");

    internal static readonly ParameterDefinition Kind = Choice(
        "kind", null, ["mlp", "cnn", "preset", "layers"],
        "mlp: dense layers only. cnn: convolution blocks, then dense layers. preset: a network of the catalog. layers: a free list.");

    internal static readonly ParameterDefinition Filters = Integer("filters", null, 1, 4096, "Output channels of each convolution of the block.");

    internal static readonly ParameterDefinition Convolutions = Integer("convolutions", 1, 1, 16, "Number of equal convolutions in the block.");

    internal static readonly ParameterDefinition Kernel = Integer("kernel", 3, 1, 15, "Side of the square filter.", "pixels");

    internal static readonly ParameterDefinition Stride = Integer("stride", 1, 1, 8, "Step of the first convolution; the others step by 1.", "pixels");

    internal static readonly ParameterDefinition Padding = Integer(
        "padding", null, 0, 7, "Zeros on each side; null or \"same\" keeps the size at stride 1, which needs an odd filter.", "pixels", nullable: true);

    internal static readonly ParameterDefinition Pool = Choice("pool", "max", ["none", "max", "average"], "Pooling at the end of the block.");

    internal static readonly ParameterDefinition PoolSize = Integer("poolSize", 2, 2, 8, "Side and step of the pooling window.", "pixels");

    internal static readonly ParameterDefinition LayerKind = Choice(
        "kind", null, ["conv", "dense", "pool", "global_pool", "flatten", "batch_norm", "activation", "dropout", "residual"], "What the layer does.");

    internal static readonly ParameterDefinition LayerUnits = Integer("units", null, 1, 16_384, "Outputs of a dense layer.");

    internal static readonly ParameterDefinition Dilation = Integer("dilation", 1, 1, 8, "Step between the pixels under the filter.", "pixels");

    internal static readonly ParameterDefinition Bias = Flag("bias", true, "Add a learned number to each output.");

    internal static readonly ParameterDefinition LayerPool = Choice("pool", "max", ["max", "average"], "Largest or mean value of each window.");

    internal static readonly ParameterDefinition LayerPoolSize = Integer("size", 2, 2, 8, "Side and step of the pooling window.", "pixels");

    internal static readonly ParameterDefinition Rate = Number("rate", 0.5, 0, 0.95, "Probability that a value is dropped while training.");

    internal static readonly ParameterDefinition GlobalPool = Choice(
        "globalPool", "none", ["none", "average", "max"], "Pooling over all positions after the last block; none flattens instead.");

    internal static readonly ParameterDefinition Units = Integer("dense", null, 1, 16_384, "Units of a hidden dense layer.");

    internal static readonly ParameterDefinition BatchNormPosition = Choice(
        "position", "before", ["before", "after"], "Batch normalisation before the activation, as in the paper, or after it.");

    internal static readonly ParameterDefinition BatchNormMomentum = Number(
        "momentum", 0.1, 0, 1, "Weight of the newest batch in the running mean and variance.", above: true);

    internal static readonly ParameterDefinition BatchNormEpsilon = Number("epsilon", 1e-5, 1e-8, 0.1, "Added to the variance.");

    internal static readonly ParameterDefinition ConvDropout = Number(
        "conv", 0, 0, 0.95, "Probability that a value after a convolution block is dropped while training.");

    internal static readonly ParameterDefinition DenseDropout = Number(
        "dense", 0, 0, 0.95, "Probability that a value after a hidden dense layer is dropped while training.");

    internal static readonly ParameterDefinition Epochs = Integer("epochs", 5, 1, 10_000, "Passes over the training samples.");

    internal static readonly ParameterDefinition BatchSize = Integer(
        "batchSize", 128, 1, 65_536, "Samples per update. 1 is fully stochastic; \"full\" or null takes all training samples at once.", "samples", nullable: true);

    internal static readonly ParameterDefinition LabelSmoothing = Number(
        "labelSmoothing", 0, 0, 1,
        "Share of the target that is spread evenly over all classes; makes the network less sure of itself. Losses are told without it, so that training and "
        + "validation compare.",
        below: true);

    internal static readonly ParameterDefinition StoppingMetric = Choice(
        "metric", "validation_loss", ["validation_loss", "validation_accuracy"], "What must improve.");

    internal static readonly ParameterDefinition Patience = Integer(
        "patience", 5, 1, 1000, "Epochs in a row without improvement that end training: the last of them is the last epoch. The plateau schedule's patience tolerates one more.", "epochs");

    internal static readonly ParameterDefinition MinimumChange = Number("minimumChange", 0, 0, 1, "Smallest change that counts as an improvement.");

    internal static readonly ParameterDefinition RestoreBest = Flag(
        "restoreBest", true,
        "End with the weights of the best epoch by the metric, whether training stops early or not; they are what is evaluated, and what a fork starts from. Otherwise "
        + "with those of the last epoch.");

    internal static readonly ParameterDefinition ObserveEveryEpochs = Integer(
        "everyEpochs", null, 1, 10_000,
        "Epochs from one look into the layers to the next; null looks after each of the first 20 and then ever more rarely. \"observe\": \"off\" looks "
        + "never: findings then rest on the losses alone.", "epochs", nullable: true);

    internal static readonly ParameterDefinition ObserveHistograms = Flag(
        "histograms", true, "Keep the distribution of each layer's activations, weights and gradients too, in 64 bins.");

    internal static readonly ParameterDefinition Precision = Choice(
        "precision", "auto", ["auto", "float32", "bfloat16"],
        "Number format of convolutions and matrix products; auto takes bfloat16 where the hardware multiplies it. Weights are always kept in float32.");

    internal static readonly ParameterDefinition Device = Choice("device", "cpu", ["cpu", "cuda"], "Where the run is trained, and the queue that it waits in.");

    internal static readonly ParameterDefinition EvaluateTest = Flag(
        "evaluateTest", false, "Evaluate the test set once, with the final weights. Leave it off while you choose: choices are made on the validation split.");

    internal static readonly ParameterDefinition TimeLimitSeconds = Number(
        "timeLimitSeconds", null, 0, 604_800, "The run fails after this time of training; null sets no limit.", "seconds", above: true, nullable: true);

    /// <summary>Every fixed member, in the order of the document.</summary>
    public static IReadOnlyList<SpecField> All { get; } =
    [
        .. At("", Version, Name, Experiment, Seed),
        .. At("/data", ValidationFraction, ValidationCount, TrainLimit, LabelNoise),
        .. At("/data/augmentation", Flip, Crop, Cutout, TestTimeFlip),
        .. At("/model", Kind, GlobalPool),
        .. At("/model/blocks/*", Filters, Convolutions, Kernel, Stride, Padding, Pool, PoolSize),
        new SpecField { Pointer = "/model/dense/*", Definition = Units },
        .. At("/model/batchNorm", BatchNormPosition, BatchNormMomentum, BatchNormEpsilon),
        .. At("/model/dropout", ConvDropout, DenseDropout),
        .. At("/model/layers/*", LayerKind, Filters, Kernel, Stride, Padding, Dilation, Bias, LayerUnits, LayerPool, LayerPoolSize, Rate),
        .. At("/training", Epochs, BatchSize, LabelSmoothing, Precision, Device, EvaluateTest, TimeLimitSeconds),
        .. At("/training/earlyStopping", StoppingMetric, Patience, MinimumChange, RestoreBest),
        .. At("/training/observe", ObserveEveryEpochs, ObserveHistograms),
    ];

    private static IEnumerable<SpecField> At(string parent, params ParameterDefinition[] definitions) =>
        definitions.Select(definition => new SpecField { Pointer = $"{parent}/{definition.Name}", Definition = definition });
}

/// <summary>One fixed member of a spec with its contract.</summary>
public sealed record SpecField
{
    /// <summary>JSON pointer to the member; <c>*</c> stands for any index of an array.</summary>
    public required string Pointer { get; init; }

    /// <summary>Type, range, default and meaning.</summary>
    public required ParameterDefinition Definition { get; init; }
}

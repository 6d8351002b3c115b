using static Trainyard.Specs.Catalog.ParameterDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>The fixed settings of a spec. Settings that name a technique are in the catalog.</summary>
public static class SpecFields
{
    /// <summary>Version of the spec format.</summary>
    public const int FormatVersion = 1;

    /// <summary>Maximum number of epochs.</summary>
    public const int MaximumEpochs = 10_000;

    internal static readonly ParameterDefinition Version = Integer("version", FormatVersion, FormatVersion, FormatVersion, "Version of the spec format.");

    internal static readonly ParameterDefinition Name = Text("name", "Untitled run", 100, "Name of the run.");

    internal static readonly ParameterDefinition Experiment = Text("experiment", "default", 100, "Name of the experiment that the run belongs to.");

    internal static readonly ParameterDefinition Seed = Integer(
        "seed", 1, 0, int.MaxValue, "Seed of training: initial weights, order of the samples, dropout and augmentation. The same spec with the same seeds gives the same results.");

    internal static readonly ParameterDefinition DataSeed = Integer(
        "seed", 1, 0, int.MaxValue,
        "Seed of the data: generated samples, validation split and label noise. Runs that differ only in the seed of training are trained and validated on the same samples.");

    internal static readonly ParameterDefinition ValidationFraction = Number(
        "validationFraction", 0.1, 0.01, 0.9, "Share of the training data that is held out for validation: drawn by the seed of the data, stratified by class.");

    internal static readonly ParameterDefinition TrainLimit = Integer(
        "trainLimit", null, 10, 10_000_000, "Train on at most this many samples, to see overfitting; null for all.", "samples", nullable: true);

    internal static readonly ParameterDefinition ValidationCount = Integer(
        "validationCount", null, 2, 1_000_000, "Number of samples to hold out instead of a share.", "samples", nullable: true);

    internal static readonly ParameterDefinition LabelNoise = Number(
        "labelNoise", 0, 0, 0.9, "Share of the training labels that are replaced by wrong ones, to see memorization. Validation and test labels are unchanged.");

    internal static readonly ParameterDefinition Flip = Flag("flip", false, "Flip each training image horizontally with probability 1/2.");

    internal static readonly ParameterDefinition Crop = Integer(
        "crop", 0, 0, 16, "Zero padding on each side before a random crop of the original size.", "pixels");

    internal static readonly ParameterDefinition Cutout = Integer("cutout", 0, 0, 32, "Side of a random square that is set to the mean; 0 for none.", "pixels");

    internal static readonly ParameterDefinition TestTimeFlip = Flag(
        "testTimeFlip", false, "Average the logits of each validation and test image and of its horizontal flip.");

    internal static readonly ParameterDefinition X1 = Flag("x1", true, "Input x1: the first coordinate, with mean 0 and standard deviation 1 over the training samples.");

    internal static readonly ParameterDefinition X2 = Flag("x2", true, "Input x2: the second coordinate, with mean 0 and standard deviation 1 over the training samples.");

    internal static readonly ParameterDefinition X1Squared = Flag("x1Squared", false, "Input x1^2: makes a circle or an ellipse a linear boundary.");

    internal static readonly ParameterDefinition X2Squared = Flag("x2Squared", false, "Input x2^2: makes a circle or an ellipse a linear boundary.");

    internal static readonly ParameterDefinition X1X2 = Flag("x1X2", false, "Input x1 x2: makes the exclusive or linearly separable.");

    internal static readonly ParameterDefinition SinX1 = Flag("sinX1", false, "Input sin(x1).");

    internal static readonly ParameterDefinition SinX2 = Flag("sinX2", false, "Input sin(x2).");

    internal static readonly ParameterDefinition Kind = Choice(
        "kind", null, ["mlp", "cnn", "preset", "layers"],
        "mlp: dense layers only. cnn: convolution blocks, then dense layers. preset: a network of the catalog. layers: a list of layers.");

    internal static readonly ParameterDefinition Filters = Integer("filters", null, 1, 4096, "Output channels of each convolution of the block.");

    internal static readonly ParameterDefinition Convolutions = Integer("convolutions", 1, 1, 16, "Number of equal convolutions in the block.");

    internal static readonly ParameterDefinition Kernel = Integer("kernel", 3, 1, 15, "Side of the square kernel.", "pixels");

    internal static readonly ParameterDefinition Stride = Integer("stride", 1, 1, 8, "Stride of the first convolution; the others have stride 1.", "pixels");

    internal static readonly ParameterDefinition Padding = Integer(
        "padding", null, 0, 7, "Zero padding on each side; null or \"same\" keeps the size at stride 1, which needs an odd kernel.", "pixels", nullable: true);

    internal static readonly ParameterDefinition Pool = Choice("pool", "max", ["none", "max", "average"], "Pooling at the end of the block.");

    internal static readonly ParameterDefinition PoolSize = Integer("poolSize", 2, 2, 8, "Side and stride of the pooling window.", "pixels");

    internal static readonly ParameterDefinition LayerKind = Choice(
        "kind", null, ["conv", "dense", "pool", "global_pool", "flatten", "batch_norm", "activation", "dropout", "residual"], "Kind of the layer.");

    internal static readonly ParameterDefinition LayerUnits = Integer("units", null, 1, 16_384, "Outputs of a dense layer.");

    internal static readonly ParameterDefinition Dilation = Integer("dilation", 1, 1, 8, "Spacing of the kernel elements.", "pixels");

    internal static readonly ParameterDefinition Bias = Flag("bias", true, "Add a trainable bias to each output.");

    internal static readonly ParameterDefinition LayerPool = Choice("pool", "max", ["max", "average"], "Maximum or mean of each window.");

    internal static readonly ParameterDefinition LayerPoolSize = Integer("size", 2, 2, 8, "Side and stride of the pooling window.", "pixels");

    internal static readonly ParameterDefinition Rate = Number("rate", 0.5, 0, 0.95, "Probability that a value is set to zero in training.");

    internal static readonly ParameterDefinition GlobalPool = Choice(
        "globalPool", "none", ["none", "average", "max"], "Global pooling after the last block; none flattens instead.");

    internal static readonly ParameterDefinition Units = Integer("dense", null, 1, 16_384, "Units of a hidden dense layer.");

    internal static readonly ParameterDefinition BatchNormPosition = Choice(
        "position", "before", ["before", "after"], "Batch normalization before the activation, as in the paper, or after it.");

    internal static readonly ParameterDefinition BatchNormMomentum = Number(
        "momentum", 0.1, 0, 1, "Weight of the current batch in the running mean and variance.", above: true);

    internal static readonly ParameterDefinition BatchNormEpsilon = Number("epsilon", 1e-5, 1e-8, 0.1, "Added to the variance.");

    internal static readonly ParameterDefinition ConvDropout = Number(
        "conv", 0, 0, 0.95, "Dropout probability after each convolution block.");

    internal static readonly ParameterDefinition DenseDropout = Number(
        "dense", 0, 0, 0.95, "Dropout probability after each hidden dense layer.");

    internal static readonly ParameterDefinition Epochs = Integer("epochs", 5, 1, MaximumEpochs, "Passes over the training samples.");

    internal static readonly ParameterDefinition BatchSize = Integer(
        "batchSize", 128, 1, 65_536, "Samples per update. 1 is fully stochastic; \"full\" or null uses all training samples.", "samples", nullable: true);

    internal static readonly ParameterDefinition LabelSmoothing = Number(
        "labelSmoothing", 0, 0, 1,
        "Share of the target that is distributed over all classes; makes the network less confident. Reported losses exclude it, so that training and "
        + "validation are comparable.",
        below: true);

    internal static readonly ParameterDefinition StoppingMetric = Choice(
        "metric", "validation_loss", ["validation_loss", "validation_accuracy"], "The metric that must improve.");

    internal static readonly ParameterDefinition Patience = Integer(
        "patience", 5, 1, 1000, "Consecutive epochs without improvement after which training ends. The patience of the plateau schedule tolerates one more.", "epochs");

    internal static readonly ParameterDefinition MinimumChange = Number("minimumChange", 0, 0, 1, "Smallest change that counts as an improvement.");

    internal static readonly ParameterDefinition RestoreBest = Flag(
        "restoreBest", true,
        "End with the weights of the best epoch by the metric instead of those of the last, whether training stops early or not. They are evaluated, and a fork "
        + "starts from them.");

    internal static readonly ParameterDefinition ObserveEveryEpochs = Integer(
        "everyEpochs", null, 1, 10_000,
        "Epochs between observations of the layers; null for each of the first 20 epochs, then less and less often. \"observe\": \"off\" disables "
        + "observation: findings are then based on the losses alone.", "epochs", nullable: true);

    internal static readonly ParameterDefinition ObserveHistograms = Flag(
        "histograms", true, "Record histograms of the activations, weights and gradients of each layer, with 64 bins.");

    internal static readonly ParameterDefinition Precision = Choice(
        "precision", "auto", ["auto", "float32", "bfloat16"],
        "Number format of convolutions and matrix products; auto uses bfloat16 where the hardware supports it and the network is large enough to gain from it. Weights are always float32.");

    internal static readonly ParameterDefinition Device = Choice("device", "cpu", ["cpu", "cuda"], "Device to train on; also the queue of the run.");

    internal static readonly ParameterDefinition EvaluateTest = Flag(
        "evaluateTest", false, "Evaluate the test set once, with the final weights. Leave it off during model selection, which uses the validation split.");

    internal static readonly ParameterDefinition TimeLimitSeconds = Number(
        "timeLimitSeconds", null, 0, 604_800,
        "The run ends as failed after this training time, with a checkpoint from which it continues when it is extended; null for the default of the service.",
        "seconds", above: true, nullable: true);

    /// <summary>Every fixed setting, in the order of the document.</summary>
    public static IReadOnlyList<SpecField> All { get; } =
    [
        .. At("", Version, Name, Experiment, Seed),
        .. At("/data", ValidationFraction, ValidationCount, TrainLimit, LabelNoise, DataSeed),
        .. At("/data/augmentation", Flip, Crop, Cutout, TestTimeFlip),
        .. At("/data/features", X1, X2, X1Squared, X2Squared, X1X2, SinX1, SinX2),
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

/// <summary>A fixed setting of a spec.</summary>
public sealed record SpecField
{
    /// <summary>JSON pointer to the setting; <c>*</c> stands for any index of an array.</summary>
    public required string Pointer { get; init; }

    /// <summary>Type, range, default and meaning.</summary>
    public required ParameterDefinition Definition { get; init; }
}

using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>What keeps a network from learning its training data by heart, beside weight decay and augmentation.</summary>
internal static class RegularizationCatalog
{
    public const string BatchNormFormula =
        "y = scale (x - mean) / sqrt(variance + epsilon) + shift, over the batch while training; running <- (1 - momentum) running + momentum batch, used otherwise";

    public const string BatchNormSource = "Ioffe, Szegedy: Batch Normalization, 2015, algorithms 1 and 2";

    public const string DropoutFormula = "while training y = x m / (1 - rate), m = 0 with probability rate, else 1; otherwise y = x";

    public const string DropoutSource = "Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov: Dropout, 2014";

    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Regularization(
            "/model/batchNorm", "batch_norm", "Batch normalisation", BatchNormFormula,
            "Normalises the output of every hidden layer over the batch, so that large learning rates and poor starts do less harm. Use it in deep networks with batches of 16 and more; "
            + "its noise regularises a little.",
            BatchNormSource,
            SpecFields.BatchNormPosition, SpecFields.BatchNormMomentum, SpecFields.BatchNormEpsilon),
        Regularization(
            "/model/dropout", "dropout", "Dropout", DropoutFormula,
            "Trains another thinned network at every step. Use it where training accuracy is far above validation: 0.2 to 0.5 after dense layers, little or none after convolutions.",
            DropoutSource,
            SpecFields.ConvDropout, SpecFields.DenseDropout),
        Regularization(
            "/training/labelSmoothing", "label_smoothing", "Label smoothing", "target = (1 - labelSmoothing) one-hot + labelSmoothing / classes",
            "Asks for less than certainty, so that scores do not grow without end. Use about 0.1 where the network becomes sure of wrong answers; between different settings "
            + "a higher loss need not be a worse network.",
            "Szegedy, Vanhoucke, Ioffe, Shlens, Wojna: Rethinking the Inception Architecture, 2016, section 7",
            SpecFields.LabelSmoothing),
        Regularization(
            "/training/earlyStopping", "early_stopping", "Early stopping", "stop after patience epochs in a row in which the metric did not improve by more than minimumChange",
            "Ends training when the validation split no longer gains, before the network learns noise. Use it when you do not know how many epochs are enough; "
            + "with a schedule of fixed length it ends too early.",
            "Prechelt: Early Stopping - But When?, 1998",
            SpecFields.StoppingMetric, SpecFields.Patience, SpecFields.MinimumChange, SpecFields.RestoreBest),
    ];

    private static TechniqueDefinition Regularization(
        string pointer, string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.Regularization, pointer, name, title, formula, explanation, source, parameters);
}

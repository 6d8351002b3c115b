using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Regularization, other than weight decay and augmentation.</summary>
internal static class RegularizationCatalog
{
    public const string BatchNormFormula =
        "y = scale (x - mean) / sqrt(variance + epsilon) + shift, over the batch in training; running <- (1 - momentum) running + momentum batch, used in evaluation";

    public const string BatchNormSource = "Ioffe, Szegedy: Batch Normalization, 2015, algorithms 1 and 2";

    public const string DropoutFormula = "y = x m / (1 - rate) in training, m = 0 with probability rate, else 1; y = x in evaluation";

    public const string DropoutSource = "Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov: Dropout, 2014";

    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Regularization(
            "/model/batchNorm", "batch_norm", "Batch normalization", BatchNormFormula,
            "Normalizes the output of every hidden layer over the batch, so that training tolerates larger learning rates and poor initializations. Use it in deep networks with batches of 16 and more; "
            + "its noise also regularizes slightly.",
            BatchNormSource,
            SpecFields.BatchNormPosition, SpecFields.BatchNormMomentum, SpecFields.BatchNormEpsilon),
        Regularization(
            "/model/dropout", "dropout", "Dropout", DropoutFormula,
            "Trains another thinned network at every step. Use it where training accuracy is far above validation: 0.2 to 0.5 after dense layers, little or none after convolutions.",
            DropoutSource,
            SpecFields.ConvDropout, SpecFields.DenseDropout),
        Regularization(
            "/training/labelSmoothing", "label_smoothing", "Label smoothing", "target = (1 - labelSmoothing) one-hot + labelSmoothing / classes",
            "Uses targets below 1, so that logits do not grow without bound. Use about 0.1 where the network is overconfident; losses with different settings "
            + "are not comparable.",
            "Szegedy, Vanhoucke, Ioffe, Shlens, Wojna: Rethinking the Inception Architecture, 2016, section 7",
            SpecFields.LabelSmoothing),
        Regularization(
            "/training/earlyStopping", "early_stopping", "Early stopping", "stop after patience consecutive epochs in which the metric did not improve by more than minimumChange",
            "Ends training when the validation metric no longer improves, before the network overfits. Use it when the number of epochs is unknown; "
            + "with a schedule of fixed length it may end too early.",
            "Prechelt: Early Stopping - But When?, 1998",
            SpecFields.StoppingMetric, SpecFields.Patience, SpecFields.MinimumChange, SpecFields.RestoreBest),
    ];

    private static TechniqueDefinition Regularization(
        string pointer, string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.Regularization, pointer, name, title, formula, explanation, source, parameters);
}

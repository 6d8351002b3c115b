using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Validation;

/// <summary>Turns a document into a canonical spec, or reports everything that is wrong with it at once.</summary>
public static class SpecReader
{
    /// <summary>Largest document that hosts should accept, in bytes.</summary>
    public const int MaximumBytes = 256 * 1024;

    private const int MaximumBlocks = 64;
    private const int MaximumDense = 64;

    /// <summary>Reads a spec. Never throws for the content of the document; for one that is not JSON <see cref="SpecReading.Malformed"/> is set.</summary>
    /// <param name="utf8Json">The document in UTF-8, with or without a byte order mark.</param>
    /// <param name="limits">Limits and defaults of the host; by default those of <see cref="SpecLimits"/>.</param>
    public static SpecReading Read(ReadOnlyMemory<byte> utf8Json, SpecLimits? limits = null) => StrictJson.Read(
        utf8Json, root => Read(root, limits ?? new SpecLimits()), malformed => new SpecReading { Spec = null, Plan = null, Malformed = true, Findings = [malformed] });

    /// <summary>Reads a spec of which only the data section is needed: the others may be missing. Never throws for the content of the document.</summary>
    /// <param name="utf8Json">The document in UTF-8, with or without a byte order mark.</param>
    public static DataReading ReadData(ReadOnlyMemory<byte> utf8Json) => StrictJson.Read(
        utf8Json, ReadData, malformed => new DataReading { Data = null, Malformed = true, Findings = [malformed] });

    private static DataReading ReadData(JsonElement root)
    {
        var findings = new FindingList();
        var spec = ObjectReader.Read(findings, "", root, document => ReadSpec(document, new SpecLimits()));
        IReadOnlyList<SpecFinding> errors =
            [.. findings.Sorted().Where(finding => finding.Severity == FindingSeverity.Error && !(finding.Code == SpecFindingCode.MissingObject && finding.Pointer is "/model" or "/training"))];
        return new DataReading { Data = errors.Count == 0 ? spec?.Data : null, Findings = errors };
    }

    private static SpecReading Read(JsonElement root, SpecLimits limits)
    {
        var findings = new FindingList();
        var spec = ObjectReader.Read(findings, "", root, document => ReadSpec(document, limits));
        var attempt = findings.HasErrors ? null : SpecRules.Check(spec, limits, findings);
        var isValid = !findings.HasErrors;
        return new SpecReading
        {
            Spec = isValid ? spec : null,
            Plan = isValid ? attempt?.Plan : null,
            Attempt = attempt,
            Findings = findings.Sorted(),
        };
    }

    private static ExperimentSpec ReadSpec(ObjectReader root, SpecLimits limits) => new()
    {
        Version = root.Integer(SpecFields.Version),
        Name = root.Text(SpecFields.Name),
        Experiment = root.Text(SpecFields.Experiment),
        Seed = root.Integer(SpecFields.Seed),
        Data = root.Object("data", ReadSection, isRequired: true),
        Model = root.Object("model", ReadModel, isRequired: true),
        Training = root.Object("training", training => ReadTraining(training, limits)),
    };

    private static DataSpec ReadSection(ObjectReader data) => new()
    {
        Dataset = data.Technique("dataset", TechniqueKind.Dataset),
        ValidationFraction = data.Number(SpecFields.ValidationFraction),
        ValidationCount = data.IntegerOrNull(SpecFields.ValidationCount),
        TrainLimit = data.IntegerOrNull(SpecFields.TrainLimit),
        LabelNoise = data.Number(SpecFields.LabelNoise),
        Seed = data.Integer(SpecFields.DataSeed),
        Augmentation = data.Optional("augmentation", augmentation => new AugmentationSpec
        {
            Flip = augmentation.Flag(SpecFields.Flip),
            Crop = augmentation.Integer(SpecFields.Crop),
            Cutout = augmentation.Integer(SpecFields.Cutout),
            TestTimeFlip = augmentation.Flag(SpecFields.TestTimeFlip),
        }),
        Features = data.Optional("features", features => new FeatureSpec
        {
            X1 = features.Flag(SpecFields.X1),
            X2 = features.Flag(SpecFields.X2),
            X1Squared = features.Flag(SpecFields.X1Squared),
            X2Squared = features.Flag(SpecFields.X2Squared),
            X1X2 = features.Flag(SpecFields.X1X2),
            SinX1 = features.Flag(SpecFields.SinX1),
            SinX2 = features.Flag(SpecFields.SinX2),
        }),
    };

    private static ModelSpec ReadModel(ObjectReader model)
    {
        var kind = model.Choice<ModelKind>(SpecFields.Kind);
        return new()
        {
            Kind = kind,
            Preset = kind == ModelKind.Preset ? model.Technique("preset", TechniqueKind.Preset) : model.TechniqueOrNull("preset", TechniqueKind.Preset),
            Layers = model.Objects("layers", kind == ModelKind.Layers ? 1 : 0, LayerReader.MaximumLayers, layer => LayerReader.Read(layer, 0)),
            Blocks = model.Objects("blocks", kind == ModelKind.Cnn ? 1 : 0, MaximumBlocks, ReadBlock),
            GlobalPool = model.Choice<GlobalPool>(SpecFields.GlobalPool),
            Dense = model.Integers(SpecFields.Units, MaximumDense),
            Activation = model.Technique("activation", TechniqueKind.Activation, ModelSpec.DefaultActivation),
            Initialization = model.Technique("initialization", TechniqueKind.Initialization, "he"),
            BatchNorm = model.Optional("batchNorm", settings => new BatchNormSpec
            {
                Position = settings.Choice<BatchNormPosition>(SpecFields.BatchNormPosition),
                Momentum = settings.Number(SpecFields.BatchNormMomentum),
                Epsilon = settings.Number(SpecFields.BatchNormEpsilon),
            }),
            Dropout = model.Object("dropout", dropout => new DropoutSpec
            {
                Conv = dropout.Number(SpecFields.ConvDropout),
                Dense = dropout.Number(SpecFields.DenseDropout),
            }),
        };
    }

    private static ConvBlockSpec ReadBlock(ObjectReader block) => new()
    {
        Filters = block.Integer(SpecFields.Filters),
        Convolutions = block.Integer(SpecFields.Convolutions),
        Kernel = block.Integer(SpecFields.Kernel),
        Stride = block.Integer(SpecFields.Stride),
        Padding = block.IsText("padding", "same") ? null : block.IntegerOrNull(SpecFields.Padding),
        Pool = block.Choice<PoolKind>(SpecFields.Pool),
        PoolSize = block.Integer(SpecFields.PoolSize),
        Activation = block.TechniqueOrNull("activation", TechniqueKind.Activation),
        Initialization = block.TechniqueOrNull("initialization", TechniqueKind.Initialization),
    };

    private static TrainingSpec ReadTraining(ObjectReader training, SpecLimits limits)
    {
        var epochs = training.Integer(SpecFields.Epochs);
        var batchSize = training.IsText("batchSize", "full") ? null : training.IntegerOrNull(SpecFields.BatchSize);
        var optimizer = training.Technique("optimizer", TechniqueKind.Optimizer, "momentum");
        return new()
        {
            Epochs = epochs,
            BatchSize = batchSize,
            Optimizer = optimizer,
            Schedule = training.Technique("schedule", TechniqueKind.Schedule, "constant"),
            // AdamW without decoupled decay would be Adam.
            WeightDecay = training.Technique("weightDecay", TechniqueKind.WeightDecay, optimizer.Name == "adamw" ? "decoupled" : "none"),
            GradientClipping = training.Technique("gradientClipping", TechniqueKind.GradientClipping, "none"),
            LabelSmoothing = training.Number(SpecFields.LabelSmoothing),
            EarlyStopping = training.Optional("earlyStopping", stopping => new EarlyStoppingSpec
            {
                Metric = stopping.Choice<ValidationMetric>(SpecFields.StoppingMetric),
                Patience = stopping.Integer(SpecFields.Patience),
                MinimumChange = stopping.Number(SpecFields.MinimumChange),
                RestoreBest = stopping.Flag(SpecFields.RestoreBest),
            }),
            Observe = training.Optional(
                "observe",
                observe => new ObservationSpec
                {
                    EveryEpochs = observe.IntegerOrNull(SpecFields.ObserveEveryEpochs),
                    Histograms = observe.Flag(SpecFields.ObserveHistograms),
                },
                isOn: true),
            Precision = training.Choice<Precision>(SpecFields.Precision),
            Device = training.Choice<Device>(SpecFields.Device),
            EvaluateTest = training.Flag(SpecFields.EvaluateTest),
            TimeLimitSeconds = training.NumberOrNull(SpecFields.TimeLimitSeconds) ?? limits.DefaultTimeLimitSeconds,
        };
    }
}

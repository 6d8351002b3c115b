using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Validation;

/// <summary>Turns what a person wrote into a canonical spec, or says everything that is wrong with it at once.</summary>
public static class SpecReader
{
    /// <summary>Largest document that hosts should accept, in bytes.</summary>
    public const int MaximumBytes = 256 * 1024;

    private const int MaximumBlocks = 64;
    private const int MaximumDense = 64;

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 32 };

    /// <summary>Reads a spec. Never throws for what is in the document; a document that is not JSON has <see cref="SpecReading.Malformed"/> set.</summary>
    /// <param name="utf8Json">The document in UTF-8, with or without a byte order mark.</param>
    public static SpecReading Read(ReadOnlyMemory<byte> utf8Json)
    {
        if (utf8Json.Span.StartsWith("\uFEFF"u8))
        {
            utf8Json = utf8Json[3..];
        }

        try
        {
            using var document = JsonDocument.Parse(utf8Json, Json);
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            return Malformed(exception);
        }
        catch (InvalidOperationException exception)
        {
            // A string that is not valid UTF-8 or UTF-16 is only noticed when it is read.
            return Malformed(exception);
        }
    }

    private static SpecReading Malformed(Exception exception) => new()
    {
        Spec = null,
        Plan = null,
        Malformed = true,
        Findings = [SpecFinding.Error("", null, SpecFindingCode.MalformedJson, ("detail", exception.Message), ("maximumDepth", Json.MaxDepth))],
    };

    private static SpecReading Read(JsonElement root)
    {
        var findings = new FindingList();
        var spec = ReadSpec(new ObjectReader(findings, "", root));
        var attempt = findings.HasErrors ? null : SpecRules.Judge(spec, findings);
        var valid = !findings.HasErrors;
        return new SpecReading
        {
            Spec = valid ? spec : null,
            Plan = valid ? attempt?.Plan : null,
            Attempt = attempt,
            Findings = findings.Sorted(),
        };
    }

    private static ExperimentSpec ReadSpec(ObjectReader root)
    {
        var spec = new ExperimentSpec
        {
            Version = root.Integer(SpecFields.Version),
            Name = root.Text(SpecFields.Name),
            Experiment = root.Text(SpecFields.Experiment),
            Seed = root.Integer(SpecFields.Seed),
            Data = ReadData(root.Object("data", required: true)),
            Model = ReadModel(root.Object("model", required: true)),
            Training = ReadTraining(root.Object("training")),
        };
        root.Done();
        return spec;
    }

    private static DataSpec ReadData(ObjectReader data)
    {
        var spec = new DataSpec
        {
            Dataset = data.Technique("dataset", TechniqueKind.Dataset, defaultName: null),
            ValidationFraction = data.Number(SpecFields.ValidationFraction),
            ValidationCount = data.IntegerOrNull(SpecFields.ValidationCount),
            TrainLimit = data.IntegerOrNull(SpecFields.TrainLimit),
            LabelNoise = data.Number(SpecFields.LabelNoise),
            Augmentation = data.ObjectOrNull("augmentation", ReadAugmentation),
        };
        data.Done();
        return spec;
    }

    private static AugmentationSpec ReadAugmentation(ObjectReader augmentation)
    {
        var spec = new AugmentationSpec
        {
            Flip = augmentation.Flag(SpecFields.Flip),
            Crop = augmentation.Integer(SpecFields.Crop),
            Cutout = augmentation.Integer(SpecFields.Cutout),
            TestTimeFlip = augmentation.Flag(SpecFields.TestTimeFlip),
        };
        augmentation.Done();
        return spec;
    }

    private static ModelSpec ReadModel(ObjectReader model)
    {
        var kind = model.Choice<ModelKind>(SpecFields.Kind);
        var spec = new ModelSpec
        {
            Kind = kind,
            Preset = kind == ModelKind.Preset ? model.Technique("preset", TechniqueKind.Preset, null) : model.TechniqueOrNull("preset", TechniqueKind.Preset),
            Layers = model.Objects("layers", kind == ModelKind.Layers ? 1 : 0, LayerReader.MaximumLayers, layer => LayerReader.Read(layer, 0)),
            Blocks = model.Objects("blocks", kind == ModelKind.Cnn ? 1 : 0, MaximumBlocks, ReadBlock),
            GlobalPool = model.Choice<GlobalPool>(SpecFields.GlobalPool),
            Dense = model.Integers(SpecFields.Units, MaximumDense),
            Activation = model.Technique("activation", TechniqueKind.Activation, ModelSpec.DefaultActivation),
            Initialization = model.Technique("initialization", TechniqueKind.Initialization, "he"),
            BatchNorm = ReadBatchNorm(model),
            Dropout = ReadDropout(model.Object("dropout")),
        };
        model.Done();
        return spec;
    }

    private static ConvBlockSpec ReadBlock(ObjectReader block)
    {
        var spec = new ConvBlockSpec
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
        block.Done();
        return spec;
    }

    // true, false, null or settings; left out means false.
    private static BatchNormSpec? ReadBatchNorm(ObjectReader model)
    {
        if (model.FlagOrNull("batchNorm") is { } flag && !flag)
        {
            return null;
        }

        var settings = model.Object("batchNorm", acceptsTrue: true);
        var spec = new BatchNormSpec
        {
            Position = settings.Choice<BatchNormPosition>(SpecFields.BatchNormPosition),
            Momentum = settings.Number(SpecFields.BatchNormMomentum),
            Epsilon = settings.Number(SpecFields.BatchNormEpsilon),
        };
        settings.Done();
        return spec;
    }

    private static DropoutSpec ReadDropout(ObjectReader dropout)
    {
        var spec = new DropoutSpec { Conv = dropout.Number(SpecFields.ConvDropout), Dense = dropout.Number(SpecFields.DenseDropout) };
        dropout.Done();
        return spec;
    }

    private static TrainingSpec ReadTraining(ObjectReader training)
    {
        var epochs = training.Integer(SpecFields.Epochs);
        var batchSize = training.IsText("batchSize", "full") ? null : training.IntegerOrNull(SpecFields.BatchSize);
        var optimizer = training.Technique("optimizer", TechniqueKind.Optimizer, "momentum");
        var spec = new TrainingSpec
        {
            Epochs = epochs,
            BatchSize = batchSize,
            Optimizer = optimizer,
            Schedule = training.Technique("schedule", TechniqueKind.Schedule, "constant"),
            // AdamW is Adam with this decay: without it the two would be the same.
            WeightDecay = training.Technique("weightDecay", TechniqueKind.WeightDecay, optimizer.Name == "adamw" ? "decoupled" : "none"),
            GradientClipping = training.Technique("gradientClipping", TechniqueKind.GradientClipping, "none"),
            LabelSmoothing = training.Number(SpecFields.LabelSmoothing),
            EarlyStopping = training.ObjectOrNull("earlyStopping", ReadEarlyStopping),
            Observe = training.IsOff("observe") ? null : ReadObservation(training.Object("observe", acceptsTrue: true)),
            Precision = training.Choice<Precision>(SpecFields.Precision),
            Device = training.Choice<Device>(SpecFields.Device),
            EvaluateTest = training.Flag(SpecFields.EvaluateTest),
            TimeLimitSeconds = training.NumberOrNull(SpecFields.TimeLimitSeconds),
        };
        training.Done();
        return spec;
    }

    private static EarlyStoppingSpec ReadEarlyStopping(ObjectReader stopping)
    {
        var spec = new EarlyStoppingSpec
        {
            Metric = stopping.Choice<ValidationMetric>(SpecFields.StoppingMetric),
            Patience = stopping.Integer(SpecFields.Patience),
            MinimumChange = stopping.Number(SpecFields.MinimumChange),
            RestoreBest = stopping.Flag(SpecFields.RestoreBest),
        };
        stopping.Done();
        return spec;
    }

    // Left out means on; "off", false and null mean off.
    private static ObservationSpec ReadObservation(ObjectReader observe)
    {
        var spec = new ObservationSpec
        {
            EveryEpochs = observe.IntegerOrNull(SpecFields.ObserveEveryEpochs),
            Histograms = observe.Flag(SpecFields.ObserveHistograms),
        };
        observe.Done();
        return spec;
    }
}

using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Validation;

/// <summary>Checks that the members of a spec, each valid by itself, are valid together: layers and data, size, combinations of techniques.</summary>
internal static class SpecRules
{
    private const long MaximumParameters = 200_000_000;
    private const long MemoryWarningBytes = 8L << 30;

    /// <summary>Plans the network up to the first layer that does not fit; null when its description contradicts itself.</summary>
    public static PlanAttempt? Check(ExperimentSpec spec, SpecLimits limits, FindingList findings)
    {
        var data = DatasetShape.From(spec.Data.Dataset);
        CheckKind(spec, data, findings);
        CheckFeatures(spec.Data, data, findings);
        if (findings.HasErrors)
        {
            return null;
        }

        var input = DatasetShape.OfInput(spec.Data);
        var attempt = ModelPlanner.TryPlan(spec.Model, input);
        if (!attempt.IsComplete)
        {
            findings.Error(attempt.Problem);
            return attempt;
        }

        var plan = attempt.Plan;
        CheckSplit(spec, data, findings);
        CheckSize(spec, plan, limits, findings);
        CheckInitialization(spec.Model, plan, findings);
        CheckBatchNorm(spec, data, plan, findings);
        CheckTechniques(spec, findings);
        CheckUnusedSettings(spec, input, findings);
        if (!findings.HasErrors)
        {
            ScheduleRules.Check(spec, findings);
            CheckWeightDecay(spec, findings);
        }

        return attempt;
    }

    private static void CheckKind(ExperimentSpec spec, DatasetShape data, FindingList findings)
    {
        if (spec.Model.Kind == ModelKind.Cnn && data.Input.Count != 3)
        {
            findings.Error("/model/kind", "\"cnn\"", SpecFindingCode.CnnNeedsImages, ("dataset", spec.Data.Dataset.Name));
        }

        if (spec.Model is { Kind: ModelKind.Preset, Preset: { } preset } && data.Input.Count != 3 && ModelPresets.Expand(spec.Model) is { } expanded
            && (expanded.Blocks.Count > 0 || expanded.Layers.Any(layer => layer is ConvLayer)))
        {
            findings.Error("/model/preset", $"\"{preset.Name}\"", SpecFindingCode.CnnNeedsImages, ("dataset", spec.Data.Dataset.Name));
        }

        CheckKindOf("blocks", spec.Model.Blocks.Count > 0, "cnn", spec, findings);
        CheckKindOf("globalPool", spec.Model.GlobalPool != GlobalPool.None, "cnn", spec, findings);
        CheckKindOf("layers", spec.Model.Layers.Count > 0, "layers", spec, findings);
        CheckKindOf("preset", spec.Model.Preset is not null, "preset", spec, findings);
        if (spec.Model.Kind is ModelKind.Preset or ModelKind.Layers && spec.Model.Dense.Count > 0)
        {
            findings.Error(
                "/model/dense", $"[{string.Join(", ", spec.Model.Dense)}]", SpecFindingCode.UnusedDense,
                ("kind", WireName(spec.Model.Kind)), ("count", spec.Model.Dense.Count));
        }

        for (var index = 0; index < spec.Model.Blocks.Count; index++)
        {
            if (spec.Model.Blocks[index] is { Padding: null, Kernel: var kernel } && kernel % 2 == 0)
            {
                findings.Error(
                    $"/model/blocks/{index}/kernel", $"{kernel}", SpecFindingCode.EvenKernel, ("kernel", kernel), ("suggested", kernel + 1));
            }
        }
    }

    // Before the network is planned: it has as many inputs as there are features.
    private static void CheckFeatures(DataSpec spec, DatasetShape data, FindingList findings)
    {
        if (spec.Features is not { } features)
        {
            return;
        }

        if (data.Input is not [2])
        {
            findings.Error("/data/features", null, SpecFindingCode.FeaturesNeedPoints, ("dataset", spec.Dataset.Name));
        }
        else if (features.Count == 0)
        {
            findings.Error("/data/features", null, SpecFindingCode.NoFeatures);
        }
    }

    private static void CheckKindOf(string member, bool isGiven, string kind, ExperimentSpec spec, FindingList findings)
    {
        if (isGiven && WireName(spec.Model.Kind) != kind)
        {
            findings.Error(
                $"/model/{member}", null, SpecFindingCode.UnusedMember, ("member", member), ("kind", WireName(spec.Model.Kind)), ("neededKind", kind));
        }
    }

    private static string WireName(ModelKind kind) => kind.ToString().ToLowerInvariant();

    private static void CheckSize(ExperimentSpec spec, ModelPlan plan, SpecLimits limits, FindingList findings)
    {
        if (plan.Parameters > MaximumParameters)
        {
            var largest = plan.Layers.MaxBy(layer => layer.Parameters)!;
            findings.Error(
                "/model", null, SpecFindingCode.TooManyParameters, ("parameters", plan.Parameters), ("maximum", MaximumParameters), ("layer", largest.Name),
                ("layerParameters", largest.Parameters));
        }

        if (findings.HasErrors)
        {
            return;
        }

        var memory = TrainingCost.MemoryBytes(spec, plan);
        var batch = $"{spec.Training.BatchSize?.ToString() ?? "null"}";
        var available = spec.Training.Device == Device.Cuda ? limits.MaximumGpuMemoryBytes : limits.MaximumMemoryBytes;
        if (memory > available)
        {
            var largest = TrainingCost.LargestBatchSize(spec, plan, available);
            findings.Error(
                largest is null ? "/model" : "/training/batchSize", largest is null ? null : batch, SpecFindingCode.TooMuchMemory,
                ("memoryBytes", memory), ("maximumBytes", available), ("suggested", largest));
        }
        else if (memory > MemoryWarningBytes)
        {
            findings.Warning(
                "/training/batchSize", batch, SpecFindingCode.MuchMemory,
                ("memoryBytes", memory), ("suggested", Math.Max(1, (spec.Training.BatchSize ?? 1024) / 4)));
        }

        var limit = spec.Training.TimeLimitSeconds ?? SpecLimits.MaximumTimeLimitSeconds;
        var least = TrainingCost.LeastSeconds(spec, plan);
        if (least > limit)
        {
            var epochs = Math.Floor(spec.Training.Epochs * limit / least);
            findings.Error(
                "/training/epochs", $"{spec.Training.Epochs}", SpecFindingCode.TooLong,
                ("operations", TrainingCost.Flops(spec, plan)),
                ("leastSeconds", least), ("limitSeconds", limit), ("suggested", epochs < 1 ? null : epochs));
        }
    }

    private static void CheckSplit(ExperimentSpec spec, DatasetShape data, FindingList findings)
    {
        var validation = spec.Data.ValidationSamples(data.TrainSamples);
        if (validation < data.Classes || data.TrainSamples - validation < data.Classes)
        {
            findings.Error(
                spec.Data.ValidationCount is null ? "/data/validationFraction" : "/data/validationCount",
                $"{spec.Data.ValidationCount ?? spec.Data.ValidationFraction}", SpecFindingCode.SplitTooSmall,
                ("train", data.TrainSamples - validation), ("validation", validation), ("classes", data.Classes));
            return;
        }

        // A canonical spec has both; its share is then the default.
        if (spec.Data is { ValidationCount: { } count, ValidationFraction: var fraction } && fraction != SpecFields.ValidationFraction.Default!.Value.Number)
        {
            findings.Warning("/data/validationFraction", $"{fraction}", SpecFindingCode.ValidationFractionIgnored, ("fraction", fraction), ("count", count));
        }

        var train = spec.Data.LearnedSamples(data.TrainSamples);
        if (spec.Training.BatchSize > train)
        {
            findings.Warning("/training/batchSize", $"{spec.Training.BatchSize}", SpecFindingCode.FullBatch, ("trainSamples", train));
        }

        // From there on another label is at least as frequent as the right one.
        var chance = 1 - (1.0 / data.Classes);
        if (spec.Data.LabelNoise >= chance)
        {
            findings.Warning(
                "/data/labelNoise", $"{spec.Data.LabelNoise}", SpecFindingCode.LabelNoiseAtChance,
                ("noise", spec.Data.LabelNoise), ("classes", data.Classes), ("limit", chance), ("suggested", Math.Round(chance / 2, 2)));
        }
    }

    // A layer may have an initialization of its own, so the layers are checked, not the model: which of them use He, and what follows each.
    private static void CheckInitialization(ModelSpec model, ModelPlan plan, FindingList findings)
    {
        if (model.Initialization.Name != "he")
        {
            return;
        }

        var usesModelInitialization = false;
        foreach (var row in plan.AllLayers)
        {
            switch (row.Layer)
            {
                case ConvLayer conv:
                    usesModelInitialization = Inherits(conv.Initialization);
                    break;
                case DenseLayer dense:
                    usesModelInitialization = Inherits(dense.Initialization);
                    break;
                case ActivationLayer { Activation.Name: "sigmoid" or "tanh" } bounded when usesModelInitialization:
                    findings.Warning("/model/initialization", "\"he\"", SpecFindingCode.HeWithBoundedActivation, ("activation", bounded.Activation.Name));
                    return;
                default:
                    break;
            }
        }

        bool Inherits(TechniqueChoice? own) => own is null || own.Equals(model.Initialization);
    }

    // A single value has no variance, and the running statistics used instead never change from mean 0 and variance 1 (PyTorch raises an error). A last batch
    // of one sample after larger ones uses the statistics of those, and does no harm.
    private static void CheckBatchNorm(ExperimentSpec spec, DatasetShape data, ModelPlan plan, FindingList findings)
    {
        var train = spec.Data.LearnedSamples(data.TrainSamples);
        if (Math.Min(spec.Training.BatchSize ?? train, train) != 1)
        {
            return;
        }

        string[] layers = [.. plan.AllLayers.Where(row => row.Layer is BatchNormLayer && row.Input.Skip(1).All(side => side == 1)).Select(row => row.Name)];
        if (layers.Length > 0)
        {
            findings.Warning("/training/batchSize", $"{spec.Training.BatchSize?.ToString() ?? "null"}", SpecFindingCode.BatchNormOfOneValue, ("layers", layers));
        }
    }

    private static void CheckTechniques(ExperimentSpec spec, FindingList findings)
    {
        if (spec.Data.Augmentation is not null && DatasetShape.From(spec.Data.Dataset).Input.Count != 3)
        {
            findings.Error("/data/augmentation", null, SpecFindingCode.AugmentationNeedsImages, ("dataset", spec.Data.Dataset.Name));
        }

        if (spec.Training.Optimizer.Name == "adamw" && spec.Training.WeightDecay.Name is ("l1" or "l2"))
        {
            findings.Error(
                "/training/weightDecay", $"\"{spec.Training.WeightDecay.Name}\"", SpecFindingCode.AdamwWithCoupledDecay,
                ("weightDecay", spec.Training.WeightDecay.Name));
        }

        if (spec.Training.WeightDecay.Name == "l2" && spec.Training.Optimizer.Name is not ("sgd" or "momentum" or "nesterov" or "adamw"))
        {
            findings.Warning("/training/weightDecay", "\"l2\"", SpecFindingCode.L2WithAdaptiveOptimizer, ("optimizer", spec.Training.Optimizer.Name));
        }
    }

    // A setting without effect would look like a technique that does not help.
    private static void CheckUnusedSettings(ExperimentSpec spec, DatasetShape data, FindingList findings)
    {
        var model = spec.Model;
        if (model.Activation.Name != ModelSpec.DefaultActivation)
        {
            WarnIfUnused("activation", $"\"{model.Activation.Name}\"", model with { Activation = TechniqueCatalog.Default(TechniqueKind.Activation, ModelSpec.DefaultActivation) });
        }

        if (model.BatchNorm is not null)
        {
            WarnIfUnused("batchNorm", "true", model with { BatchNorm = null });
        }

        if (model.Dropout.Conv > 0)
        {
            WarnIfUnused("dropout/conv", $"{model.Dropout.Conv}", model with { Dropout = model.Dropout with { Conv = 0 } });
        }

        if (model.Dropout.Dense > 0)
        {
            WarnIfUnused("dropout/dense", $"{model.Dropout.Dense}", model with { Dropout = model.Dropout with { Dense = 0 } });
        }

        void WarnIfUnused(string member, string found, ModelSpec without)
        {
            if (!ModelPlanner.Differ(model, without, data))
            {
                findings.Warning($"/model/{member}", found, SpecFindingCode.NoEffect, ("member", member), ("kind", WireName(model.Kind)));
            }
        }
    }

    private static void CheckWeightDecay(ExperimentSpec spec, FindingList findings)
    {
        const string Pointer = "/training/weightDecay/strength";
        if (WeightDecayEffect.Of(spec) is not { } decay)
        {
            return;
        }

        if (decay.Diverges)
        {
            findings.Warning(
                Pointer, $"{decay.Strength}", SpecFindingCode.DecayDiverges,
                ("strength", decay.Strength), ("factor", decay.Factor), ("learningRate", spec.Training.Optimizer.Number("learningRate")),
                ("limit", decay.Limit), ("suggested", decay.Suggested));
        }
        else if (decay.Erases)
        {
            findings.Warning(
                Pointer, $"{decay.Strength}", SpecFindingCode.DecayErasesWeights,
                ("strength", decay.Strength), ("share", decay.Share), ("amount", decay.Amount), ("updates", decay.UpdatesToErase), ("suggested", decay.Suggested));
        }
    }
}

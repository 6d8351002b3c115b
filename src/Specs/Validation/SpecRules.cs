using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Validation;

/// <summary>Judges a spec whose members are each in range: do the layers fit the data, is it of a size that trains, do the techniques go together.</summary>
internal static class SpecRules
{
    private const long MaximumParameters = 200_000_000;
    private const long MemoryWorthAWarning = 8L << 30;

    /// <summary>The network as far as its layers fit; null when what is said of it contradicts itself.</summary>
    public static PlanAttempt? Judge(ExperimentSpec spec, FindingList findings)
    {
        var data = DatasetShapes.Of(spec.Data.Dataset);
        JudgeKind(spec, data, findings);
        if (findings.HasErrors)
        {
            return null;
        }

        var attempt = ModelPlanner.TryPlan(spec.Model, data);
        if (!attempt.IsWhole)
        {
            findings.Error(attempt.Problem);
            return attempt;
        }

        var plan = attempt.Plan;
        JudgeSplit(spec, data, findings);
        JudgeSize(spec, plan, findings);
        JudgeInitialization(spec.Model, plan, findings);
        JudgeBatchNorm(spec, data, plan, findings);
        JudgeTechniques(spec, findings);
        JudgeUnheard(spec, data, findings);
        JudgeWarmup(spec, findings);
        return attempt;
    }

    private static void JudgeKind(ExperimentSpec spec, DatasetShape data, FindingList findings)
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

        RefuseUnused("blocks", spec.Model.Blocks.Count > 0, "cnn", spec, findings);
        RefuseUnused("globalPool", spec.Model.GlobalPool != GlobalPool.None, "cnn", spec, findings);
        RefuseUnused("layers", spec.Model.Layers.Count > 0, "layers", spec, findings);
        RefuseUnused("preset", spec.Model.Preset is not null, "preset", spec, findings);
        if (spec.Model.Kind is ModelKind.Preset or ModelKind.Layers && spec.Model.Dense.Count > 0)
        {
            findings.Error(
                "/model/dense", $"[{string.Join(", ", spec.Model.Dense)}]", SpecFindingCode.UnusedDense,
                ("kind", Word(spec.Model.Kind)), ("count", spec.Model.Dense.Count));
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

    private static void RefuseUnused(string member, bool isGiven, string kind, ExperimentSpec spec, FindingList findings)
    {
        if (isGiven && Word(spec.Model.Kind) != kind)
        {
            findings.Error(
                $"/model/{member}", null, SpecFindingCode.UnusedMember, ("member", member), ("kind", Word(spec.Model.Kind)), ("neededKind", kind));
        }
    }

    private static string Word(ModelKind kind) => kind.ToString().ToLowerInvariant();

    private static void JudgeSize(ExperimentSpec spec, ModelPlan plan, FindingList findings)
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
        if (memory > MemoryWorthAWarning)
        {
            findings.Warning(
                "/training/batchSize", $"{spec.Training.BatchSize?.ToString() ?? "null"}", SpecFindingCode.MuchMemory,
                ("memoryBytes", memory), ("suggested", Math.Max(1, (spec.Training.BatchSize ?? 1024) / 4)));
        }
    }

    private static void JudgeSplit(ExperimentSpec spec, DatasetShape data, FindingList findings)
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

        var train = spec.Data.LearnedSamples(data.TrainSamples);
        if (spec.Training.BatchSize > train)
        {
            findings.Warning("/training/batchSize", $"{spec.Training.BatchSize}", SpecFindingCode.FullBatch, ("trainSamples", train));
        }
    }

    // What counts are the layers: which of them start as the model says, and what follows each.
    private static void JudgeInitialization(ModelSpec model, ModelPlan plan, FindingList findings)
    {
        if (model.Initialization.Name != "he")
        {
            return;
        }

        var startsAsTheModelSays = false;
        foreach (var row in plan.Rows)
        {
            switch (row.Layer)
            {
                case ConvLayer conv:
                    startsAsTheModelSays = Inherits(conv.Initialization);
                    break;
                case DenseLayer dense:
                    startsAsTheModelSays = Inherits(dense.Initialization);
                    break;
                case ActivationLayer { Activation.Name: "sigmoid" or "tanh" } bounded when startsAsTheModelSays:
                    findings.Warning("/model/initialization", "\"he\"", SpecFindingCode.HeWithBoundedActivation, ("activation", bounded.Activation.Name));
                    return;
                default:
                    break;
            }
        }

        bool Inherits(TechniqueChoice? own) => own is null || own.Equals(model.Initialization);
    }

    // A single value has no variance, and the running statistics that serve instead never move from mean 0 and variance 1 (PyTorch refuses to train so). A last
    // batch of one sample behind larger ones finds statistics that those have moved, and does no harm.
    private static void JudgeBatchNorm(ExperimentSpec spec, DatasetShape data, ModelPlan plan, FindingList findings)
    {
        var train = spec.Data.LearnedSamples(data.TrainSamples);
        if (Math.Min(spec.Training.BatchSize ?? train, train) != 1)
        {
            return;
        }

        string[] layers = [.. plan.Rows.Where(row => row.Layer is BatchNormLayer && row.Input.Skip(1).All(side => side == 1)).Select(row => row.Name)];
        if (layers.Length > 0)
        {
            findings.Warning("/training/batchSize", $"{spec.Training.BatchSize?.ToString() ?? "null"}", SpecFindingCode.BatchNormOfOneValue, ("layers", layers));
        }
    }

    private static void JudgeTechniques(ExperimentSpec spec, FindingList findings)
    {
        if (spec.Data.Augmentation is not null && DatasetShapes.Of(spec.Data.Dataset).Input.Count != 3)
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

    // What a spec sets and nothing listens to would look like a technique that does not help.
    private static void JudgeUnheard(ExperimentSpec spec, DatasetShape data, FindingList findings)
    {
        var model = spec.Model;
        if (model.Activation.Name != ModelSpec.DefaultActivation)
        {
            WarnIfUnheard("activation", $"\"{model.Activation.Name}\"", model with { Activation = TechniqueCatalog.Default(TechniqueKind.Activation, ModelSpec.DefaultActivation) });
        }

        if (model.BatchNorm is not null)
        {
            WarnIfUnheard("batchNorm", "true", model with { BatchNorm = null });
        }

        if (model.Dropout.Conv > 0)
        {
            WarnIfUnheard("dropout/conv", $"{model.Dropout.Conv}", model with { Dropout = model.Dropout with { Conv = 0 } });
        }

        if (model.Dropout.Dense > 0)
        {
            WarnIfUnheard("dropout/dense", $"{model.Dropout.Dense}", model with { Dropout = model.Dropout with { Dense = 0 } });
        }

        void WarnIfUnheard(string member, string found, ModelSpec without)
        {
            if (!ModelPlanner.Differ(model, without, data))
            {
                findings.Warning($"/model/{member}", found, SpecFindingCode.NoEffect, ("member", member), ("kind", Word(model.Kind)));
            }
        }
    }

    private static void JudgeWarmup(ExperimentSpec spec, FindingList findings)
    {
        var schedule = spec.Training.Schedule;
        if (schedule.Parameters.ContainsKey("warmup") && schedule.Number("warmup") >= spec.Training.Epochs)
        {
            findings.Warning(
                "/training/schedule/warmup", $"{schedule.Number("warmup")}", SpecFindingCode.WarmupTooLong,
                ("warmup", schedule.Number("warmup")), ("epochs", spec.Training.Epochs), ("suggested", spec.Training.Epochs / 10.0));
        }
    }
}

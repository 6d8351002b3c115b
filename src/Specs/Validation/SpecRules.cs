using Trainyard.Specs.Data;
using Trainyard.Specs.Models;

namespace Trainyard.Specs.Validation;

/// <summary>Judges a spec whose members are each in range: do the layers fit the data, is it of a size that trains, do the techniques go together.</summary>
internal static class SpecRules
{
    private const long MaximumParameters = 200_000_000;
    private const long MemoryWorthAWarning = 8L << 30;

    /// <summary>The plan; null after an error.</summary>
    public static ModelPlan? Judge(ExperimentSpec spec, FindingList findings)
    {
        var data = DatasetShapes.Of(spec.Data.Dataset);
        JudgeKind(spec, data, findings);
        if (findings.HasErrors)
        {
            return null;
        }

        if (ModelPlanner.TryPlan(spec.Model, data, out var problem) is not { } plan)
        {
            findings.Error(problem!.Pointer, problem.Found, problem.Allowed, problem.Message, problem.Fix);
            return null;
        }

        JudgeSize(spec, plan, findings);
        JudgeSplit(spec, data, findings);
        JudgeTechniques(spec, findings);
        return findings.HasErrors ? null : plan;
    }

    private static void JudgeKind(ExperimentSpec spec, DatasetShape data, FindingList findings)
    {
        if (spec.Model.Kind == ModelKind.Cnn && data.Input.Count != 3)
        {
            findings.Error(
                "/model/kind", "\"cnn\"", $"\"mlp\": samples of '{spec.Data.Dataset.Name}' are points, not images",
                "A convolutional network needs images.", "Write \"kind\": \"mlp\", or choose a dataset of images.");
        }

        RefuseUnused("blocks", spec.Model.Blocks.Count > 0, "cnn", spec, findings);
        RefuseUnused("globalPool", spec.Model.GlobalPool != GlobalPool.None, "cnn", spec, findings);
        RefuseUnused("layers", spec.Model.Layers.Count > 0, "layers", spec, findings);
        RefuseUnused("preset", spec.Model.Preset is not null, "preset", spec, findings);
        if (spec.Model.Kind is ModelKind.Preset or ModelKind.Layers && spec.Model.Dense.Count > 0)
        {
            findings.Error(
                "/model/dense", $"{spec.Model.Dense.Count} layers", "dense layers of an mlp or cnn only",
                $"A model of kind {Word(spec.Model.Kind)} brings its own dense layers.", "Remove \"dense\".");
        }

        for (var index = 0; index < spec.Model.Blocks.Count; index++)
        {
            if (spec.Model.Blocks[index] is { Padding: null, Kernel: var kernel } && kernel % 2 == 0)
            {
                findings.Error(
                    $"/model/blocks/{index}/kernel", $"{kernel}", "an odd number with padding \"same\"",
                    "An even filter cannot keep the size with equal padding on both sides.", $"Write \"kernel\": {kernel + 1}, or give \"padding\" as a number.");
            }
        }
    }

    private static void RefuseUnused(string member, bool isGiven, string kind, ExperimentSpec spec, FindingList findings)
    {
        if (isGiven && Word(spec.Model.Kind) != kind)
        {
            findings.Error(
                $"/model/{member}", null, $"\"{member}\" with \"kind\": \"{kind}\" only",
                $"A model of kind {Word(spec.Model.Kind)} has no {member}.", $"Write \"kind\": \"{kind}\", or remove \"{member}\".");
        }
    }

    private static string Word(ModelKind kind) => kind.ToString().ToLowerInvariant();

    private static void JudgeSize(ExperimentSpec spec, ModelPlan plan, FindingList findings)
    {
        if (plan.Parameters > MaximumParameters)
        {
            var largest = plan.Layers.MaxBy(layer => layer.Parameters)!;
            findings.Error(
                "/model", $"{plan.Parameters} parameters", $"at most {MaximumParameters} parameters",
                $"The network is too large; {largest.Name} alone has {largest.Parameters} parameters.", "Use fewer units or filters, or pool before the dense layers.");
            return;
        }

        var memory = TrainingCost.MemoryBytes(spec, plan);
        if (memory > MemoryWorthAWarning)
        {
            findings.Warning(
                "/training/batchSize", $"{spec.Training.BatchSize?.ToString() ?? "null"}", "a batch whose activations fit the machine's memory",
                $"Training needs about {memory / (double)(1L << 30):F1} GiB of memory.", $"Try \"batchSize\": {Math.Max(1, (spec.Training.BatchSize ?? 1024) / 4)}.");
        }
    }

    private static void JudgeSplit(ExperimentSpec spec, DatasetShape data, FindingList findings)
    {
        var validation = spec.Data.ValidationSamples(data.TrainSamples);
        if (validation < data.Classes || data.TrainSamples - validation < data.Classes)
        {
            findings.Error(
                spec.Data.ValidationCount is null ? "/data/validationFraction" : "/data/validationCount", $"{spec.Data.ValidationCount ?? spec.Data.ValidationFraction}", $"a split that leaves at least {data.Classes} samples on each side, one of every class",
                $"The split leaves {data.TrainSamples - validation} samples for training and {validation} for validation.", "Use more samples, or hold out about a fifth.");
            return;
        }

        var train = Math.Min(data.TrainSamples - validation, spec.Data.TrainLimit ?? int.MaxValue);
        if (spec.Training.BatchSize > train)
        {
            findings.Warning(
                "/training/batchSize", $"{spec.Training.BatchSize}", $"1 to {train} for mini-batches",
                $"There are only {train} training samples, so every update uses all of them (full-batch gradient descent).", $"Write a number below {train} for mini-batches.");
        }
    }

    private static void JudgeTechniques(ExperimentSpec spec, FindingList findings)
    {
        if (spec.Model.Activation.Name is ("sigmoid" or "tanh") && spec.Model.Initialization.Name == "he")
        {
            findings.Warning(
                "/model/initialization", "\"he\"", "\"xavier\" for sigmoid and tanh",
                $"He initialisation is derived for ReLU; with {spec.Model.Activation.Name} it starts too wide.", "Write \"initialization\": \"xavier\".");
        }

        if (spec.Data.Augmentation is not null && DatasetShapes.Of(spec.Data.Dataset).Input.Count != 3)
        {
            findings.Error(
                "/data/augmentation", null, "null: the samples are points, not images",
                "Only images can be augmented.", "Remove \"augmentation\".");
        }

        if (spec.Training.Optimizer.Name == "adamw" && spec.Training.WeightDecay.Name is ("l1" or "l2"))
        {
            findings.Error(
                "/training/weightDecay", $"\"{spec.Training.WeightDecay.Name}\"", "\"decoupled\" or \"none\" with adamw",
                "AdamW is Adam with decoupled weight decay.", "Write \"weightDecay\": \"decoupled\", or \"optimizer\": \"adam\".");
        }

        if (spec.Training.WeightDecay.Name == "l2" && spec.Training.Optimizer.Name is ("adagrad" or "rmsprop" or "adam" or "adadelta" or "nadam" or "adamax"))
        {
            findings.Warning(
                "/training/weightDecay", "\"l2\"", "\"decoupled\" for adaptive optimizers",
                $"With {spec.Training.Optimizer.Name} an L2 penalty is divided by each weight's step scale and decays unevenly.", "Write \"weightDecay\": \"decoupled\".");
        }
    }
}

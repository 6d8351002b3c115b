using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Service.Export;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Tests.Export;

internal static class ProgramSpecs
{
    /// <summary>Specs that together use every technique of the catalog, each at least once; some with further settings.</summary>
    public static IReadOnlyList<ExportedRun> OfEveryTechnique()
    {
        var (optimizers, datasets) = (Names(TechniqueKind.Optimizer), Names(TechniqueKind.Dataset));
        var (activations, initializations) = (Names(TechniqueKind.Activation), Names(TechniqueKind.Initialization));
        var (schedules, decays, clippings, presets) =
            (Names(TechniqueKind.Schedule), Names(TechniqueKind.WeightDecay), Names(TechniqueKind.GradientClipping), Names(TechniqueKind.Preset));
        var precisions = Names(TechniqueKind.Precision);
        int[] counts = [optimizers.Count, datasets.Count, activations.Count, initializations.Count, schedules.Count, presets.Count];
        return [.. Enumerable.Range(0, counts.Max()).Select(index =>
        {
            var dataset = datasets[index % datasets.Count];
            var isImage = dataset is "fashion-mnist" or "mnist" or "cifar-10" or "shapes";
            var preset = presets[index % presets.Count];
            return Run(new JsonObject
            {
                ["name"] = $"every technique {index}",
                ["seed"] = index,
                ["data"] = new JsonObject
                {
                    ["dataset"] = dataset,
                    ["labelNoise"] = index % 2 == 0 ? 0.1 : 0,
                    ["augmentation"] = isImage ? new JsonObject { ["flip"] = true, ["crop"] = 2, ["cutout"] = 4, ["testTimeFlip"] = true } : null,
                },
                ["model"] = isImage && preset is not ("perceptron" or "mlp-5x100")
                    ? new JsonObject { ["kind"] = "preset", ["preset"] = preset, ["activation"] = activations[index % activations.Count], ["initialization"] = initializations[index % initializations.Count], ["batchNorm"] = true }
                    : new JsonObject { ["kind"] = "mlp", ["dense"] = new JsonArray(16, 8), ["activation"] = activations[index % activations.Count], ["initialization"] = initializations[index % initializations.Count], ["dropout"] = new JsonObject { ["dense"] = 0.2 } },
                ["training"] = new JsonObject
                {
                    ["optimizer"] = optimizers[index % optimizers.Count],
                    ["schedule"] = schedules[index % schedules.Count],
                    ["weightDecay"] = decays[index % decays.Count],
                    ["gradientClipping"] = clippings[index % clippings.Count],
                    ["labelSmoothing"] = index % 3 == 0 ? 0.1 : 0,
                    ["earlyStopping"] = index % 4 == 0 ? new JsonObject { ["patience"] = 2 } : null,
                    ["evaluateTest"] = index % 2 == 0,
                    ["precision"] = precisions[index % precisions.Count],
                },
            });
        }), .. new[] { "perceptron", "mlp-5x100" }.Select(OfPreset)];
    }

    // A network of dense layers, for which images are not needed.
    private static ExportedRun OfPreset(string preset) =>
        Run(new JsonObject { ["data"] = new JsonObject { ["dataset"] = "moons" }, ["model"] = new JsonObject { ["kind"] = "preset", ["preset"] = preset } });

    public static ExportedRun Run(JsonNode spec)
    {
        var reading = SpecReader.Read(JsonSerializer.SerializeToUtf8Bytes(spec));
        Assert.True(reading.IsValid, $"{spec.ToJsonString()}: {JsonSerializer.Serialize(reading.Findings)}");
        return new ExportedRun
        {
            Id = Guid.Empty,
            Name = reading.Spec.Name,
            Spec = reading.Spec,
            Plan = ModelPlanner.Plan(reading.Spec),
            Bfloat16 = reading.Spec.Training.Precision == Precision.Bfloat16,
        };
    }

    /// <summary>Techniques that a program is written with: those that the spec names, what the plan has, and settings that are on.</summary>
    public static IEnumerable<(TechniqueKind Kind, string Name)> TechniquesOf(ExportedRun run)
    {
        var (data, model, training) = (run.Spec.Data, run.Spec.Model, run.Spec.Training);
        var on = new Dictionary<(TechniqueKind Kind, string Name), bool>
        {
            [(TechniqueKind.Augmentation, "flip")] = data.Augmentation?.Flip == true,
            [(TechniqueKind.Augmentation, "crop")] = data.Augmentation?.Crop > 0,
            [(TechniqueKind.Augmentation, "cutout")] = data.Augmentation?.Cutout > 0,
            [(TechniqueKind.Augmentation, "test_time_flip")] = data.Augmentation?.TestTimeFlip == true,
            [(TechniqueKind.Regularization, "batch_norm")] = model.BatchNorm is not null,
            [(TechniqueKind.Regularization, "dropout")] = model.Dropout is not { Conv: 0, Dense: 0 },
            [(TechniqueKind.Regularization, "label_smoothing")] = training.LabelSmoothing > 0,
            [(TechniqueKind.Regularization, "early_stopping")] = training.EarlyStopping is not null,
        };
        (TechniqueKind Kind, string? Name)[] named =
        [
            (TechniqueKind.Dataset, data.Dataset.Name), (TechniqueKind.Preset, model.Preset?.Name), (TechniqueKind.Activation, model.Activation.Name),
            (TechniqueKind.Initialization, model.Initialization.Name), (TechniqueKind.Optimizer, training.Optimizer.Name),
            (TechniqueKind.Schedule, training.Schedule.Name), (TechniqueKind.WeightDecay, training.WeightDecay.Name),
            (TechniqueKind.GradientClipping, training.GradientClipping.Name),
            (TechniqueKind.Precision, training.Precision.ToString().ToLowerInvariant()),
        ];
        return
        [
            .. named.Where(technique => technique.Name is not null).Select(technique => (technique.Kind, technique.Name!)),
            .. on.Where(setting => setting.Value).Select(setting => setting.Key),
            .. Kinds(run.Plan.Layers).Select(kind => (TechniqueKind.Layer, kind)),
        ];
    }

    private static IEnumerable<string> Kinds(IEnumerable<PlannedLayer> layers) => layers.SelectMany(layer => Kinds(layer.Inner).Append(layer.Layer.Kind));

    private static List<string> Names(TechniqueKind kind) => [.. TechniqueCatalog.OfKind(kind).Select(technique => technique.Name)];
}

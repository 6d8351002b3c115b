using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Service.Code;
using Trainyard.Specs;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Models;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Tests.Code;

/// <summary>Specs whose programs are looked at.</summary>
internal static class ProgramSpecs
{
    /// <summary>Specs that together use every technique of the catalog, each at least once; some with further settings.</summary>
    public static IReadOnlyList<(string Name, RunFacts Facts)> OfEveryTechnique()
    {
        var (optimizers, datasets) = (Names(TechniqueKind.Optimizer), Names(TechniqueKind.Dataset));
        var (activations, initializations) = (Names(TechniqueKind.Activation), Names(TechniqueKind.Initialization));
        var (schedules, decays, clippings, presets) =
            (Names(TechniqueKind.Schedule), Names(TechniqueKind.WeightDecay), Names(TechniqueKind.GradientClipping), Names(TechniqueKind.Preset));
        int[] counts = [optimizers.Count, datasets.Count, activations.Count, initializations.Count, schedules.Count, presets.Count];
        return [.. Enumerable.Range(0, counts.Max()).Select(index =>
        {
            var dataset = datasets[index % datasets.Count];
            var isImage = dataset is "fashion-mnist" or "mnist" or "cifar-10" or "shapes";
            var preset = presets[index % presets.Count];
            var facts = Facts(new JsonObject
            {
                ["name"] = $"every technique {index}",
                ["seed"] = index,
                ["data"] = new JsonObject
                {
                    ["dataset"] = dataset,
                    ["labelNoise"] = index % 2 == 0 ? 0.1 : 0,
                    ["augmentation"] = isImage ? new JsonObject { ["flip"] = true, ["crop"] = 2, ["cutout"] = 4 } : null,
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
                },
            });
            return ($"every_{index}", facts);
        })];
    }

    /// <summary>What a program is written from.</summary>
    public static RunFacts Facts(JsonObject spec)
    {
        var reading = SpecReader.Read(JsonSerializer.SerializeToUtf8Bytes(spec));
        Assert.True(reading.IsValid, $"{spec.ToJsonString()}: {JsonSerializer.Serialize(reading.Findings)}");
        return new RunFacts { Id = Guid.Empty, Spec = reading.Spec, Plan = ModelPlanner.Plan(reading.Spec), Bfloat16 = false };
    }

    /// <summary>Techniques that the specs use.</summary>
    public static IEnumerable<string> TechniquesOf(RunFacts facts) =>
        FlatNames(JsonSerializer.SerializeToNode(facts.Spec, SpecJson.Options)!);

    private static IEnumerable<string> FlatNames(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "name" && member.Value is JsonValue value ? [value.GetValue<string>()] : member.Value is null ? [] : FlatNames(member.Value)),
        JsonArray items => items.SelectMany(item => item is null ? [] : FlatNames(item)),
        _ => [],
    };

    private static List<string> Names(TechniqueKind kind) => [.. TechniqueCatalog.Of(kind).Select(technique => technique.Name)];
}

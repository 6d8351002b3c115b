using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Json;
using Xunit;

namespace Trainyard.Specs.Tests.Catalog;

public sealed class TechniqueCatalogTests
{
    // Chosen by a member of the spec, not by an object with a name and parameters; their parameters are fixed members, some of which must be given.
    private static readonly TechniqueKind[] Settings = [TechniqueKind.Layer, TechniqueKind.Regularization, TechniqueKind.Augmentation, TechniqueKind.Precision];

    // Published as files; there is no rule that makes them.
    private static readonly string[] Files = ["fashion-mnist", "mnist", "cifar-10"];

    [Fact]
    public void EveryTechnique_IsExplainedInTwoSentences() => Assert.All(TechniqueCatalog.All, technique =>
    {
        Assert.True(Sentences(technique.Explanation) >= 2, $"{technique.Kind} {technique.Name}: {technique.Explanation}");
        Assert.True(technique.Source.Length > 8, $"{technique.Kind} {technique.Name} has no source.");
        Assert.NotEmpty(technique.Title);
    });

    [Fact]
    public void EveryTechnique_ButPublishedFiles_HasAFormula() =>
        Assert.Equal(Files, TechniqueCatalog.All.Where(technique => technique.Formula is null).Select(technique => technique.Name));

    [Fact]
    public void EveryUpdateRule_IsWrittenAsOne() =>
        Assert.All(TechniqueCatalog.OfKind(TechniqueKind.Optimizer), technique => Assert.Contains("w <- w ", technique.Formula!, StringComparison.Ordinal));

    [Fact]
    public void EveryTechnique_IsNamedOnceInItsKind() =>
        Assert.Equal(TechniqueCatalog.All.Count, TechniqueCatalog.All.DistinctBy(technique => (technique.Kind, technique.Name)).Count());

    [Fact]
    public void EveryParameter_HasAMeaningAndADefaultInItsRange() =>
        Assert.All(TechniqueCatalog.All.SelectMany(technique => technique.Parameters, (technique, parameter) => (technique, parameter)), entry =>
        {
            var (technique, parameter) = entry;
            Assert.NotEmpty(parameter.Explanation);
            if (parameter.Default is not { } value)
            {
                Assert.Contains(technique.Kind, Settings);
                return;
            }

            Assert.True(parameter.Kind switch
            {
                ParameterKind.Choice => parameter.Choices!.Contains(value.Text),
                ParameterKind.Boolean => value.Kind == ParameterKind.Boolean,
                ParameterKind.Numbers => value.Numbers.All(number => number >= parameter.Minimum && number <= parameter.Maximum),
                _ => value.Number >= parameter.Minimum && value.Number <= parameter.Maximum,
            });
        });

    [Fact]
    public void EveryTechnique_IsAcceptedAtItsPointer() => Assert.All(TechniqueCatalog.All, technique =>
    {
        var reading = SpecDocument.ReadChanged(document =>
        {
            document["training"]!["weightDecay"] = "none";
            if (ModelFor(technique) is { } model)
            {
                document["model"] = model;
            }

            Write(document, technique.Pointer.Split('/').AsSpan(1), Example(technique));
        });
        Assert.True(reading.IsValid, $"{technique.Kind} {technique.Name} at {technique.Pointer}: {JsonSerializer.Serialize(reading.Findings)}");
    });

    [Fact]
    public void EveryKindOfLayer_AugmentationAndPrecision_IsInTheCatalog()
    {
        Assert.Equal(Choices("/model/layers/*/kind").Order(), Names(TechniqueKind.Layer).Order());
        Assert.Equal(Choices("/training/precision"), Names(TechniqueKind.Precision));
        Assert.Equal(
            SpecFields.All.Where(field => field.Pointer.StartsWith("/data/augmentation/", StringComparison.Ordinal)).Select(field => field.Pointer),
            TechniqueCatalog.OfKind(TechniqueKind.Augmentation).Select(technique => technique.Pointer));
    }

    private static IReadOnlyList<string> Choices(string pointer) => SpecFields.All.Single(field => field.Pointer == pointer).Definition.Choices!;

    private static IEnumerable<string> Names(TechniqueKind kind) => TechniqueCatalog.OfKind(kind).Select(technique => technique.Name);

    private static int Sentences(string text) => text.Split(". ").Count(sentence => sentence.Length > 0);

    // The network that can take it; null: the document's.
    private static JsonObject? ModelFor(TechniqueDefinition technique) => technique.Kind switch
    {
        TechniqueKind.Preset => new() { ["kind"] = "preset" },
        TechniqueKind.Layer => new() { ["kind"] = "layers", ["layers"] = technique.Name == "dense" ? new JsonArray(new JsonObject { ["kind"] = "flatten" }) : [] },
        TechniqueKind.Dataset when !Files.Contains(technique.Name) && technique.Name != "shapes" => new() { ["kind"] = "mlp", ["dense"] = new JsonArray(8) },
        _ => null,
    };

    // The setting that selects the technique with its defaults.
    private static JsonNode Example(TechniqueDefinition technique) => technique.Kind switch
    {
        TechniqueKind.Layer => LayerExample(technique),
        TechniqueKind.Regularization when technique.Name == "label_smoothing" => JsonValue.Create(0.1),
        TechniqueKind.Regularization => Members(technique),
        TechniqueKind.Augmentation => technique.Parameters[0].Kind == ParameterKind.Boolean ? JsonValue.Create(true) : JsonValue.Create(4),
        TechniqueKind.Precision => JsonValue.Create(technique.Name),
        _ => JsonValue.Create(technique.Name),
    };

    private static JsonObject LayerExample(TechniqueDefinition technique)
    {
        var layer = Members(technique);
        layer["kind"] = technique.Name;
        foreach (var required in technique.Parameters.Where(parameter => parameter.Default is null && !parameter.Nullable))
        {
            layer[required.Name] = 4;
        }

        if (technique.Name == "residual")
        {
            layer["layers"] = new JsonArray(new JsonObject { ["kind"] = "activation" });
        }

        return layer;
    }

    private static JsonObject Members(TechniqueDefinition technique) =>
        new(technique.Parameters.Where(parameter => parameter.Default is not null)
            .Select(parameter => KeyValuePair.Create(parameter.Name, JsonSerializer.SerializeToNode(parameter.Default, SpecJson.Options))));

    private static void Write(JsonObject parent, ReadOnlySpan<string> path, JsonNode value)
    {
        if (path.Length == 1)
        {
            parent[path[0]] = value;
        }
        else if (path[1] == "*")
        {
            parent[path[0]]!.AsArray().Add(value);
        }
        else
        {
            parent[path[0]] ??= new JsonObject();
            Write(parent[path[0]]!.AsObject(), path[1..], value);
        }
    }
}

using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Http;

/// <summary>Describes <see cref="ExperimentSpecInput"/> from the same definitions that the spec reader enforces.</summary>
internal sealed class SpecInputSchema : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (context.Type != typeof(ExperimentSpecInput) || schema is not OpenApiSchema root)
        {
            return;
        }

        root.Type = JsonSchemaType.Object;
        root.AdditionalPropertiesAllowed = false;
        root.Properties = Members("");
        root.Properties["data"] = Group("/data", ["dataset"], ("dataset", Technique(TechniqueKind.Dataset)));
        root.Properties["model"] = Group(
            "/model",
            ["kind"],
            ("blocks", Array(Group("/model/blocks/*", ["filters"]), "Convolution blocks, first to last; a CNN needs at least one.")),
            ("dense", Array(Value(SpecFields.All.Single(field => field.Pointer == "/model/dense/*").Definition), "Units of each hidden dense layer.")),
            ("activation", Technique(TechniqueKind.Activation)),
            ("initialization", Technique(TechniqueKind.Initialization)),
            ("batchNorm", OneOf(new OpenApiSchema { Type = JsonSchemaType.Boolean }, Group("/model/batchNorm", []))),
            ("dropout", Group("/model/dropout", [])));
        root.Properties["training"] = Group(
            "/training", [], ("optimizer", Technique(TechniqueKind.Optimizer)), ("weightDecay", Technique(TechniqueKind.WeightDecay)));
        root.Required = new HashSet<string>(StringComparer.Ordinal) { "data", "model" };
    }

    private static OpenApiSchema Group(string pointer, string[] required, params (string Name, IOpenApiSchema Schema)[] more)
    {
        var members = Members(pointer);
        foreach (var (name, schema) in more)
        {
            members[name] = schema;
        }

        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalPropertiesAllowed = false,
            Properties = members,
            Required = new HashSet<string>(required, StringComparer.Ordinal),
        };
    }

    // The fixed members directly under a pointer.
    private static Dictionary<string, IOpenApiSchema> Members(string pointer) => SpecFields.All
        .Where(field => field.Pointer == $"{pointer}/{field.Definition.Name}")
        .ToDictionary(field => field.Definition.Name, IOpenApiSchema (field) => Value(field.Definition), StringComparer.Ordinal);

    // A name, or a name with parameters.
    private static OpenApiSchema Technique(TechniqueKind kind)
    {
        var techniques = TechniqueCatalog.OfKind(kind);
        var names = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. techniques.Select(technique => (JsonNode)technique.Name)] };
        var full = techniques.Select(technique => (IOpenApiSchema)new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Title = technique.Title,
            Description = technique.Explanation,
            AdditionalPropertiesAllowed = false,
            Required = new HashSet<string>(StringComparer.Ordinal) { "name" },
            Properties = technique.Parameters.ToDictionary(parameter => parameter.Name, IOpenApiSchema (parameter) => Value(parameter), StringComparer.Ordinal)
                .Prepend(new("name", new OpenApiSchema { Type = JsonSchemaType.String, Enum = [technique.Name] }))
                .ToDictionary(StringComparer.Ordinal),
        });
        return OneOf([names, .. full]);
    }

    private static OpenApiSchema Value(ParameterDefinition definition) => new()
    {
        Type = definition.Nullable ? JsonSchemaType.Null | Type(definition.Kind) : Type(definition.Kind),
        Description = definition.Explanation,
        Default = definition.Default is { } value ? System.Text.Json.JsonSerializer.SerializeToNode(value, SpecJson.Options) : null,
        Enum = definition.Choices is { } choices ? [.. choices.Select(choice => (JsonNode)choice)] : null,
        Minimum = definition.Kind is ParameterKind.Text || definition.MinimumExclusive ? null : Text(definition.Minimum),
        ExclusiveMinimum = definition.MinimumExclusive ? Text(definition.Minimum) : null,
        Maximum = definition.Kind is ParameterKind.Text || definition.MaximumExclusive ? null : Text(definition.Maximum),
        ExclusiveMaximum = definition.MaximumExclusive ? Text(definition.Maximum) : null,
        MinLength = definition.Kind is ParameterKind.Text ? (int?)definition.Minimum : null,
        MaxLength = definition.Kind is ParameterKind.Text ? (int?)definition.Maximum : null,
    };

    private static JsonSchemaType Type(ParameterKind kind) => kind switch
    {
        ParameterKind.Number => JsonSchemaType.Number,
        ParameterKind.Integer => JsonSchemaType.Integer,
        ParameterKind.Boolean => JsonSchemaType.Boolean,
        _ => JsonSchemaType.String,
    };

    private static string? Text(double? bound) => bound?.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private static OpenApiSchema Array(IOpenApiSchema items, string description) =>
        new() { Type = JsonSchemaType.Array, Items = items, Description = description };

    private static OpenApiSchema OneOf(params IOpenApiSchema[] schemas) => new() { OneOf = [.. schemas] };
}

/// <summary>
/// A spec as submitted: everything but the dataset, the kind of the model and the blocks of a CNN may be left out. Stands for the
/// request body in the OpenAPI document only; the body itself is read by the spec reader, which reports every problem at once.
/// </summary>
internal sealed record ExperimentSpecInput;

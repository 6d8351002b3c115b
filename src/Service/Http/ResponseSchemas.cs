using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Json;
using Trainyard.Studies.Space;

namespace Trainyard.Service.Http;

// Describes responses as they are sent: flat techniques, plain parameter values, unions with their discriminator. Records are sent with all their members, so
// that all are required.
internal sealed class ResponseSchemas : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema concrete)
        {
            return;
        }

        if (concrete.AdditionalProperties is OpenApiSchemaReference values && context.Type.GenericTypeArguments is [_, var type] && Nullable.GetUnderlyingType(type) is not null)
        {
            concrete.AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Null, AllOf = [values] };
        }

        if (context.MemberInfo is not null || context.ParameterInfo is not null)
        {
            return;
        }

        if (context.Type == typeof(TechniqueChoice))
        {
            concrete.Type = JsonSchemaType.Object;
            concrete.Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["name"] = new OpenApiSchema { Type = JsonSchemaType.String } };
            concrete.Required = new HashSet<string>(StringComparer.Ordinal) { "name" };
            concrete.AdditionalPropertiesAllowed = true;
            concrete.AdditionalProperties = Value();
        }
        else if (context.Type == typeof(ParameterValue))
        {
            concrete.Type = null;
            concrete.Properties = null;
            concrete.Required = null;
            concrete.AdditionalPropertiesAllowed = true;
            concrete.OneOf = Value().OneOf;
        }
        else if (context.Type.GetCustomAttribute<JsonPolymorphicAttribute>(inherit: false) is { TypeDiscriminatorPropertyName: { } discriminator })
        {
            DescribeUnion(concrete, context, discriminator);
        }
        else if (context.Type.Namespace?.StartsWith(nameof(Trainyard), StringComparison.Ordinal) == true && context.Type != typeof(ExperimentSpecInput))
        {
            DescribeRecord(concrete, context.Type);
        }
    }

    private static void DescribeUnion(OpenApiSchema schema, SchemaFilterContext context, string discriminator)
    {
        var cases = context.Type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
            .Select(derived => (Name: (string)derived.TypeDiscriminator!, Schema: context.SchemaGenerator.GenerateSchema(derived.DerivedType, context.SchemaRepository)))
            .ToList();
        schema.Type = null;
        schema.Properties = null;
        schema.Required = null;
        schema.AdditionalPropertiesAllowed = true;
        schema.OneOf = [.. cases.Select(item => item.Schema)];
        schema.Discriminator = new OpenApiDiscriminator
        {
            PropertyName = discriminator,
            Mapping = cases.ToDictionary(item => item.Name, item => (OpenApiSchemaReference)item.Schema, StringComparer.Ordinal),
        };
    }

    private static void DescribeRecord(OpenApiSchema schema, Type type)
    {
        if (schema.Properties is not { } properties)
        {
            return;
        }

        if (type.BaseType?.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).FirstOrDefault(derived => derived.DerivedType == type) is { } derived)
        {
            var discriminator = type.BaseType.GetCustomAttribute<JsonPolymorphicAttribute>(inherit: false)!.TypeDiscriminatorPropertyName!;
            properties[discriminator] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [(JsonNode)(string)derived.TypeDiscriminator!] };
        }

        foreach (var property in properties.Values.OfType<OpenApiSchema>())
        {
            property.ReadOnly = false;
        }

        foreach (var member in type.GetProperties())
        {
            if (properties.TryGetValue(JsonNamingPolicy.CamelCase.ConvertName(member.Name), out var found) && found is OpenApiSchema property)
            {
                DescribeLimits(property, member);
            }
        }

        var optional = type.GetCustomAttribute<OptionalMembersAttribute>() is null && !type.Assembly.Equals(typeof(SearchSpace).Assembly)
            ? []
            : type.GetProperties().Where(property => property.GetCustomAttribute<RequiredMemberAttribute>() is null)
                .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).ToHashSet(StringComparer.Ordinal);
        schema.Required = new HashSet<string>(properties.Keys.Where(name => name != "instance" && !optional.Contains(name)), StringComparer.Ordinal);
        schema.AdditionalPropertiesAllowed = true;
    }

    private static void DescribeLimits(OpenApiSchema schema, PropertyInfo member)
    {
        if (member.GetCustomAttribute<ItemsAttribute>() is { } items)
        {
            (schema.MinItems, schema.MaxItems) = (items.Minimum, items.Maximum);
        }

        if (member.GetCustomAttribute<NumberAttribute>() is { } number)
        {
            (schema.Minimum, schema.ExclusiveMinimum) = number.MinimumExclusive ? (null, $"{number.Minimum}") : ($"{number.Minimum}", (string?)null);
            schema.Maximum = $"{number.Maximum}";
        }

        if (member.GetCustomAttribute<TextAttribute>() is { } text && (schema.Items ?? schema) is OpenApiSchema described)
        {
            (described.MinLength, described.MaxLength) = (text.Minimum, text.Maximum);
        }
    }

    private static OpenApiSchema Value() => new()
    {
        OneOf =
        [
            new OpenApiSchema { Type = JsonSchemaType.Number },
            new OpenApiSchema { Type = JsonSchemaType.Boolean },
            new OpenApiSchema { Type = JsonSchemaType.String },
            new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.Number } },
        ],
    };
}

using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Trainyard.Service.Http;

/// <summary>Adds real answers as examples to the schemas of responses: <c>ResponseExamples</c> has a file for each, written by <c>tests/long/response_examples.py</c>.</summary>
internal sealed class ResponseExampleFilter : ISchemaFilter
{
    private static readonly Assembly Assembly = typeof(ResponseExampleFilter).Assembly;

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (context.MemberInfo is null && context.ParameterInfo is null && schema is OpenApiSchema { Properties.Count: > 0 } concrete
            && Assembly.GetManifestResourceStream($"responses/{NameOf(context.Type)}.json") is { } file)
        {
            using (file)
            {
                concrete.Example = JsonNode.Parse(file);
            }
        }
    }

    // A page of a generic type has the name of its item first, as in its schema.
    private static string NameOf(Type type) => type.IsGenericType
        ? string.Concat(type.GenericTypeArguments.Select(NameOf)) + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]
        : type.Name;
}

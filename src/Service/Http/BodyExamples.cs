using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Trainyard.Service.Http;

/// <summary>A named example of an operation's body; metadata of its endpoint.</summary>
internal sealed record BodyExample(string Name, string Summary, string Json);

internal static class BodyExamples
{
    // Files of examples/; the first is the one that the page shows.
    private static readonly (string Name, string Summary)[] Specs =
    [
        ("quickstart", "Quickstart: a CNN on Fashion-MNIST"),
        ("xor", "XOR: an MLP on generated points, trained in a second"),
        ("shapes-mlp", "Shapes: an MLP on generated images"),
    ];

    /// <summary>Adds an example that can be sent as it is.</summary>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder endpoint, string name, string summary, string json) =>
        endpoint.WithMetadata(new BodyExample(name, summary, json));

    /// <summary>Adds specs of <c>examples/</c>.</summary>
    public static RouteHandlerBuilder WithSpecExamples(this RouteHandlerBuilder endpoint)
    {
        foreach (var (name, summary) in Specs)
        {
            using var file = typeof(BodyExamples).Assembly.GetManifestResourceStream($"examples/{name}.json")!;
            using var text = new StreamReader(file);
            endpoint.WithExample(name, summary, text.ReadToEnd());
        }

        return endpoint;
    }
}

/// <summary>Writes the examples of an operation into the document.</summary>
internal sealed class BodyExampleFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.RequestBody?.Content?.Values.SingleOrDefault() is not { } body)
        {
            return;
        }

        foreach (var example in context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<BodyExample>())
        {
            body.Examples ??= new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal);
            body.Examples[example.Name] = new OpenApiExample { Summary = example.Summary, Value = JsonNode.Parse(example.Json) };
        }
    }
}

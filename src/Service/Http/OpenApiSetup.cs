using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Http;

/// <summary>The OpenAPI document at <c>/swagger/v1/swagger.json</c> and its page at <c>/swagger</c>. <c>openapi.json</c> is the document's golden copy.</summary>
internal static class OpenApiSetup
{
    public static void AddOpenApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddEndpointsApiExplorer();
        builder.Services.AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "Trainyard",
                Version = "v1",
                Description = "Training jobs for the techniques that decide whether a neural network learns. Errors are ProblemDetails (RFC 9457) with a stable type.",
            });
            swagger.SupportNonNullableReferenceTypes();
            swagger.UseAllOfToExtendReferenceSchemas();
            swagger.SchemaFilter<SpecInputSchema>();
            swagger.SchemaFilter<ResponseSchemas>();
            swagger.ParameterFilter<ParameterNotes>();
            swagger.OperationFilter<BodyExampleFilter>();
            swagger.DocumentFilter<TagOrder>();
            foreach (var assembly in (Assembly[])[typeof(OpenApiSetup).Assembly, typeof(ExperimentSpec).Assembly])
            {
                var documentation = Path.ChangeExtension(assembly.Location, ".xml");
                if (File.Exists(documentation))
                {
                    swagger.IncludeXmlComments(documentation);
                }
            }
        });
    }

    public static void MapOpenApi(this WebApplication app)
    {
        app.UseSwagger();
        app.UseSwaggerUI(page => page.DocumentTitle = "Trainyard API");
    }
}

/// <summary>Takes description and allowed items of a parameter from its attributes.</summary>
internal sealed class ParameterNotes : IParameterFilter
{
    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        parameter.Description ??= context.ParameterInfo?.GetCustomAttribute<DescriptionAttribute>()?.Description;
        if (context.ParameterInfo?.GetCustomAttribute<AllowedItemsAttribute>() is { } allowed && parameter.Schema?.Items is OpenApiSchema items)
        {
            items.Enum = [.. allowed.Items.Select(item => (JsonNode)item)];
        }
    }
}

/// <summary>The allowed values of a parameter that may be repeated.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal class AllowedItemsAttribute(params string[] items) : ValidationAttribute
{
    public IReadOnlyList<string> Items => items;

    public override bool IsValid(object? value) => value is not string[] given || Array.TrueForAll(given, item => items.Contains(item, StringComparer.Ordinal));

    public override string FormatErrorMessage(string name) => $"The field {name} must be one of {string.Join(", ", items)}.";
}

/// <summary>The order of the tags in the document, and so on its page.</summary>
internal sealed class TagOrder : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) => swaggerDoc.Tags = new HashSet<OpenApiTag>(
    [
        new() { Name = "Runs", Description = "Submit, list and watch runs" },
        new() { Name = "Run actions", Description = "Pause, resume, cancel, retry, extend, fork, edit and delete runs" },
        new() { Name = "Results", Description = "Metrics, layer statistics, evaluations, findings, checkpoints and programs of a run" },
        new() { Name = "Compare", Description = "Compare runs" },
        new() { Name = "Specs", Description = "Validate specs; catalog of techniques" },
        new() { Name = "System", Description = "Versions, workers and queue" },
        new() { Name = "Health", Description = "Health checks" },
    ]);
}

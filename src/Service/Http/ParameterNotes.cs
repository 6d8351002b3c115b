using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Trainyard.Service.Http;

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

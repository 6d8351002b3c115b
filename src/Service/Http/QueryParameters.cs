using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Http;

// Refuses query parameters that the API description does not list for an endpoint, and repeated ones that take a single value. If a misspelled filter were
// ignored, the response would contain everything.
internal static class QueryParameters
{
    public static void UseQueryParameters(this WebApplication app)
    {
        // Endpoints are complete at the first request.
        var known = new Lazy<IReadOnlyDictionary<string, Dictionary<string, bool>>>(
            () => ReadDescription(app.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>()));
        app.Use((context, next) => context.Request.QueryString.HasValue
            && OperationOf(context.GetEndpoint()?.Metadata) is { } operation && known.Value.TryGetValue(operation, out var parameters)
            && FindInvalid(context.Request, parameters) is { } problem ? problem.ExecuteAsync(context) : next(context));
    }

    // The query parameters of each operation by name, and whether they may be repeated.
    private static Dictionary<string, Dictionary<string, bool>> ReadDescription(IApiDescriptionGroupCollectionProvider descriptions)
    {
        var known = new Dictionary<string, Dictionary<string, bool>>(StringComparer.Ordinal);
        foreach (var description in descriptions.ApiDescriptionGroups.Items.SelectMany(group => group.Items))
        {
            if (OperationOf(description.ActionDescriptor.EndpointMetadata) is { } operation)
            {
                known[operation] = description.ParameterDescriptions.Where(parameter => parameter.Source == BindingSource.Query)
                    .ToDictionary(parameter => parameter.Name, parameter => parameter.ParameterDescriptor.ParameterType.IsArray, StringComparer.OrdinalIgnoreCase);
            }
        }

        return known;
    }

    private static string? OperationOf(IEnumerable<object>? metadata) => metadata?.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName;

    private static ProblemHttpResult? FindInvalid(HttpRequest request, Dictionary<string, bool> parameters)
    {
        foreach (var (name, values) in request.Query)
        {
            if (!parameters.TryGetValue(name, out var mayRepeat))
            {
                return Problem.UnknownParameter(name, Spelling.Nearest(name, parameters.Keys), [.. parameters.Keys]);
            }

            if (values.Count > 1 && !mayRepeat)
            {
                return Problem.RepeatedParameter(name, values.Count);
            }
        }

        return null;
    }
}

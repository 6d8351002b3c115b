using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Http;

// Refuses query parameters that the API description does not list for an endpoint, repeated ones that take a single value, and values that are not of their
// type. If a misspelled filter were ignored, the response would contain everything.
internal static class QueryParameters
{
    public static void UseQueryParameters(this WebApplication app)
    {
        // Endpoints are complete at the first request.
        var known = new Lazy<IReadOnlyDictionary<string, Dictionary<string, QueryParameter>>>(
            () => ReadDescription(app.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>()));
        app.Use((context, next) => context.Request.QueryString.HasValue
            && OperationOf(context.GetEndpoint()?.Metadata) is { } operation && known.Value.TryGetValue(operation, out var parameters)
            && FindInvalid(context.Request, parameters) is { } problem ? problem.ExecuteAsync(context) : next(context));
    }

    // The query parameters of each operation by name.
    private static Dictionary<string, Dictionary<string, QueryParameter>> ReadDescription(IApiDescriptionGroupCollectionProvider descriptions)
    {
        var known = new Dictionary<string, Dictionary<string, QueryParameter>>(StringComparer.Ordinal);
        foreach (var description in descriptions.ApiDescriptionGroups.Items.SelectMany(group => group.Items))
        {
            if (OperationOf(description.ActionDescriptor.EndpointMetadata) is { } operation)
            {
                known[operation] = description.ParameterDescriptions.Where(parameter => parameter.Source == BindingSource.Query)
                    .ToDictionary(parameter => parameter.Name, parameter => QueryParameter.Of(parameter.ParameterDescriptor.ParameterType), StringComparer.OrdinalIgnoreCase);
            }
        }

        return known;
    }

    private static string? OperationOf(IEnumerable<object>? metadata) => metadata?.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName;

    private static ProblemHttpResult? FindInvalid(HttpRequest request, Dictionary<string, QueryParameter> parameters)
    {
        foreach (var (name, values) in request.Query)
        {
            if (!parameters.TryGetValue(name, out var parameter))
            {
                return Problem.UnknownParameter(name, Spelling.Nearest(name, parameters.Keys), [.. parameters.Keys]);
            }

            if (values.Count > 1 && !parameter.MayRepeat)
            {
                return Problem.RepeatedParameter(name, values.Count);
            }

            if (values.FirstOrDefault(value => !string.IsNullOrEmpty(value) && !parameter.IsValue(value)) is { } wrong)
            {
                return Problem.WrongType(request, name, wrong);
            }
        }

        return null;
    }

    // IsValue: Whether a text can be read as the parameter's type, as the endpoint will read it.
    private sealed record QueryParameter(bool MayRepeat, Func<string, bool> IsValue)
    {
        public static QueryParameter Of(Type type)
        {
            var item = type.GetElementType() ?? type;
            item = Nullable.GetUnderlyingType(item) ?? item;
            return new QueryParameter(type.IsArray, item.GetInterfaces().Any(face => face == typeof(IParsable<>).MakeGenericType(item))
                ? typeof(QueryParameter).GetMethod(nameof(CanParse), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(item).CreateDelegate<Func<string, bool>>()
                : _ => true);
        }

        private static bool CanParse<T>(string text)
            where T : IParsable<T> => T.TryParse(text, CultureInfo.InvariantCulture, out _);
    }
}

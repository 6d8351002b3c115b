using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Primitives;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Http;

// Refuses query parameters that the API description does not list for an endpoint, repeated ones that take a single value, missing ones, and values of the query
// and of headers that are not of their type. If a misspelled filter were ignored, the response would contain everything.
internal static class QueryParameters
{
    public static void UseQueryParameters(this WebApplication app)
    {
        // Endpoints are complete at the first request.
        var known = new Lazy<IReadOnlyDictionary<string, Operation>>(
            () => ReadDescription(app.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>()));
        app.Use((context, next) => NameOf(context.GetEndpoint()?.Metadata) is { } name && known.Value.TryGetValue(name, out var operation)
            && (FindInvalid(context.Request, operation.Query) ?? FindInvalidHeader(context.Request, operation.Headers)) is { } problem
                ? problem.ExecuteAsync(context)
                : next(context));
    }

    private static Dictionary<string, Operation> ReadDescription(IApiDescriptionGroupCollectionProvider descriptions)
    {
        var known = new Dictionary<string, Operation>(StringComparer.Ordinal);
        foreach (var description in descriptions.ApiDescriptionGroups.Items.SelectMany(group => group.Items))
        {
            if (NameOf(description.ActionDescriptor.EndpointMetadata) is { } name)
            {
                known[name] = new Operation(ParametersFrom(BindingSource.Query, description), ParametersFrom(BindingSource.Header, description));
            }
        }

        return known;
    }

    private static Dictionary<string, Parameter> ParametersFrom(BindingSource source, ApiDescription description) =>
        description.ParameterDescriptions.Where(parameter => parameter.Source == source)
            .ToDictionary(parameter => parameter.Name, parameter => Parameter.Of(parameter.ParameterDescriptor.ParameterType, parameter.IsRequired), StringComparer.OrdinalIgnoreCase);

    private static string? NameOf(IEnumerable<object>? metadata) => metadata?.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName;

    private static ProblemHttpResult? FindInvalid(HttpRequest request, Dictionary<string, Parameter> parameters)
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

            if (parameter.FirstWrong(values) is { } wrong)
            {
                return Problem.WrongType(name, wrong);
            }
        }

        return parameters.FirstOrDefault(parameter => parameter.Value.IsRequired && !request.Query.ContainsKey(parameter.Key)) is { Key: { } missing }
            ? Problem.MissingParameter(missing)
            : null;
    }

    private static ProblemHttpResult? FindInvalidHeader(HttpRequest request, Dictionary<string, Parameter> headers)
    {
        foreach (var (name, parameter) in headers)
        {
            if (parameter.FirstWrong(request.Headers[name]) is { } wrong)
            {
                return Problem.WrongType(name, wrong);
            }
        }

        return null;
    }

    private sealed record Operation(Dictionary<string, Parameter> Query, Dictionary<string, Parameter> Headers);

    // IsRequired: Whether the endpoint cannot be called without it; none of a list is an empty one. IsValue: Whether a text can be read as the parameter's type, as
    // the endpoint will read it.
    private sealed record Parameter(bool MayRepeat, bool IsRequired, Func<string, bool> IsValue)
    {
        public static Parameter Of(Type type, bool isRequired)
        {
            var item = type.GetElementType() ?? type;
            item = Nullable.GetUnderlyingType(item) ?? item;
            return new Parameter(type.IsArray, isRequired && !type.IsArray, item.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IParsable<>))
                ? typeof(Parameter).GetMethod(nameof(CanParse), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(item).CreateDelegate<Func<string, bool>>()
                : _ => true);
        }

        // A single empty value counts as none; in a list it would become the default of its type.
        public string? FirstWrong(StringValues values) => values.FirstOrDefault(value => (MayRepeat || !string.IsNullOrEmpty(value)) && !IsValue(value ?? ""));

        private static bool CanParse<T>(string text)
            where T : IParsable<T> => T.TryParse(text, CultureInfo.InvariantCulture, out _);
    }
}

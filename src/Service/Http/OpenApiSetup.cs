using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Trainyard.Specs.Spec;
using Trainyard.Studies.Space;

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
                Description = "Training jobs for the techniques that decide whether a neural network learns. Errors are ProblemDetails (RFC 9457) with a stable type; the member help, where there is one, says what a program can request or send instead.",
            });
            swagger.SupportNonNullableReferenceTypes();
            swagger.UseAllOfToExtendReferenceSchemas();
            swagger.SchemaFilter<SpecInputSchema>();
            swagger.SchemaFilter<ResponseSchemas>();
            swagger.SchemaFilter<ResponseExampleFilter>();
            swagger.ParameterFilter<ParameterNotes>();
            swagger.OperationFilter<BodyExampleFilter>();
            swagger.OperationFilter<CommonResponses>();
            swagger.AddSecurityDefinition(CommonResponses.Scheme, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = CommonResponses.Scheme,
                Description = "A token of this service (it begins with ty_), or of its OpenID Connect provider. Whoever is signed in on the page needs none, and nobody does where authentication is off.",
            });
            swagger.DocumentFilter<TagOrder>();
            swagger.OrderActionsBy(TagOrder.KeyOf);

            // GET endpoints answer HEAD too.
            swagger.DocInclusionPredicate((_, operation) => operation.HttpMethod != HttpMethods.Head);
            foreach (var assembly in (Assembly[])[typeof(OpenApiSetup).Assembly, typeof(ExperimentSpec).Assembly, typeof(SearchSpace).Assembly])
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
        // Swashbuckle answers GET only; the web server sends no body in response to HEAD.
        app.Use((context, next) =>
        {
            if (HttpMethods.IsHead(context.Request.Method) && context.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase))
            {
                context.Request.Method = HttpMethods.Get;
            }

            return next(context);
        });
        app.MapSwagger().WithLargeWhole().WithHead();
        app.MapSwaggerUI(setupAction: page => page.DocumentTitle = "Trainyard API");
    }
}

/// <summary>Takes description and allowed items of a parameter from its attributes, and whether it is required from its type.</summary>
internal sealed class ParameterNotes : IParameterFilter
{
    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        parameter.Description ??= context.ParameterInfo?.GetCustomAttribute<DescriptionAttribute>()?.Description;
        if (context.ParameterInfo?.GetCustomAttribute<AllowedItemsAttribute>() is { } allowed && parameter.Schema?.Items is OpenApiSchema items)
        {
            items.Enum = [.. allowed.Items.Select(item => (JsonNode)item)];
        }

        // Generated endpoints describe each array as required.
        if (context.ParameterInfo is { ParameterType.IsArray: true } array && parameter is OpenApiParameter described
            && new NullabilityInfoContext().Create(array).ReadState == NullabilityState.Nullable)
        {
            described.Required = false;
        }
    }
}

/// <summary>Adds the errors that are the same for all operations, and the other content types of responses.</summary>
internal sealed class CommonResponses : IOperationFilter
{
    /// <summary>The security scheme of the tokens.</summary>
    public const string Scheme = "bearer";

    private const string ProblemType = "application/problem+json";

    private static readonly (int Status, string Description, Func<OpenApiOperation, OperationFilterContext, bool> AppliesTo)[] Errors =
    [
        (StatusCodes.Status400BadRequest, "The request is malformed: a parameter is unknown, repeated or has a value that is not allowed, or the body is not JSON.", (_, _) => true),
        (StatusCodes.Status401Unauthorized, "The request has no valid token.", (_, context) => NeedsToken(context)),
        (StatusCodes.Status403Forbidden, "The token does not allow it, or a page of another site sent the request.", (_, context) => NeedsToken(context) || Changes(context)),
        (StatusCodes.Status413PayloadTooLarge, "The body is too large.", (operation, _) => operation.RequestBody is not null),
        (StatusCodes.Status415UnsupportedMediaType, "The body is not application/json.", (_, context) => Changes(context)),
        (StatusCodes.Status421MisdirectedRequest, "The service is not expected under this host name.", (_, _) => true),
        (StatusCodes.Status429TooManyRequests, "A limit is reached; Retry-After says when to repeat the request.", (_, context) => IsLimited(context)),
        (StatusCodes.Status500InternalServerError, "The service failed; its log has the details under the trace id of the response.", (_, _) => true),
        (StatusCodes.Status503ServiceUnavailable, "The database does not answer, or too many large responses are waiting; Retry-After says when to repeat the request.", (_, _) => true),
    ];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (NeedsToken(context))
        {
            // The second one is empty: a cookie, or no authentication.
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }, []];
        }

        operation.Responses ??= new();
        foreach (var (status, description, appliesTo) in Errors)
        {
            if (appliesTo(operation, context))
            {
                operation.Responses.TryAdd($"{status}", new OpenApiResponse
                {
                    Description = description,
                    Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                    {
                        [ProblemType] = new() { Schema = context.SchemaGenerator.GenerateSchema(typeof(ProblemDetails), context.SchemaRepository) },
                    },
                });
            }
        }

        foreach (var text in context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ProducesTextAttribute>())
        {
            operation.Responses["200"].Content![text.ContentType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
    }

    private static bool NeedsToken(OperationFilterContext context) => !context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any();

    private static bool IsLimited(OperationFilterContext context) => context.ApiDescription.RelativePath!.StartsWith("api/", StringComparison.Ordinal);

    private static bool Changes(OperationFilterContext context) => context.ApiDescription.HttpMethod != HttpMethods.Get;
}

/// <summary>An endpoint can also answer with text, if the client prefers its type.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProducesTextAttribute(string contentType) : Attribute
{
    public string ContentType => contentType;
}

/// <summary>The allowed values of a parameter that may be repeated.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal class AllowedItemsAttribute(params string[] items) : ValidationAttribute
{
    public IReadOnlyList<string> Items => items;

    public override bool IsValid(object? value) => value is not string[] given || Array.TrueForAll(given, item => items.Contains(item, StringComparer.Ordinal));

    public override string FormatErrorMessage(string name) => $"The field {name} must be one of {string.Join(", ", items)}.";
}

/// <summary>The order of the tags in the document, and so on its page. The operations of a tag are in the order in which they are mapped.</summary>
internal sealed class TagOrder : IDocumentFilter
{
    private static readonly List<OpenApiTag> Tags =
    [
        new() { Name = "Runs", Description = "Submit, list and watch runs" },
        new() { Name = "Run actions", Description = "Pause, resume, cancel, retry, extend, fork, edit, archive and delete runs" },
        new() { Name = "Experiments", Description = "List, rename, describe and archive experiments" },
        new() { Name = "Results", Description = "Metrics, layer statistics, evaluations, findings, checkpoints and programs of a run" },
        new() { Name = "Compare", Description = "Compare runs" },
        new() { Name = "Studies", Description = "Search hyper-parameters and compare settings over seeds" },
        new() { Name = "Lessons", Description = "Experiments with an expected outcome, in course order" },
        new() { Name = "Labs", Description = "Small experiments that answer at once: backpropagation, optimizers, convolutions" },
        new() { Name = "Specs", Description = "Validate specs; catalog of techniques" },
        new() { Name = "Access", Description = "Tokens and sessions" },
        new() { Name = "System", Description = "Versions, workers and queue" },
        new() { Name = "Health", Description = "Health checks" },
    ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) => swaggerDoc.Tags = new HashSet<OpenApiTag>(Tags);

    /// <summary>The place of the first tag of an operation.</summary>
    public static string KeyOf(ApiDescription operation)
    {
        var tag = operation.ActionDescriptor.EndpointMetadata.OfType<ITagsMetadata>().LastOrDefault()?.Tags[0];
        return Tags.FindIndex(known => known.Name == tag).ToString("D2", CultureInfo.InvariantCulture);
    }
}

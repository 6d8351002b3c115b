using System.Reflection;
using Microsoft.OpenApi;
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

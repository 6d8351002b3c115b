using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Trainyard.Service.Http;

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

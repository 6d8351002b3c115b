using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trainyard.Service.Access;
using Trainyard.Service.Http;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Datasets;

/// <summary>Shows samples of the dataset of a spec before anything is trained.</summary>
internal static class DatasetPreviewApi
{
    public static void AddDatasetPreviews(this WebApplicationBuilder builder) => builder.Services.AddSingleton<DatasetPreviews>();

    public static void MapDatasetPreviews(this IEndpointRouteBuilder api) => api.MapPost("/specs/preview", PreviewAsync).RequireScope(AccessScope.Read)
        .WithName("previewDataset").WithTags("Specs").WithSummary("Preview the dataset of a spec")
        .WithDescription(
            "Sizes after the split, and 16 training images or up to 600 points with their labels. Only the data section of the spec is needed; nothing is downloaded: "
            + "409 with code dataset_not_downloaded where this machine does not have the dataset.")
        .Accepts<ExperimentSpecInput>("application/json").WithMetadata(new RequestSizeLimitAttribute(SpecReader.MaximumBytes))
        .Produces<DatasetPreview>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable).WithSpecExamples();

    private static async Task<IResult> PreviewAsync(HttpRequest request, DatasetPreviews previews, CancellationToken cancellationToken)
    {
        var reading = SpecReader.ReadData(await JsonBodies.ReadBytesAsync(request, cancellationToken));
        if (reading.Data is not { } data)
        {
            return BodyProblem.From(reading);
        }

        return await previews.GetAsync(data, cancellationToken) switch
        {
            { Json: { } json } => TypedResults.Bytes(json, "application/json; charset=utf-8"),
            { Failure: { Code: RunMessageCode.DatasetNotDownloaded } failure } => Failed(failure, "dataset-not-downloaded", "The dataset is not on this machine yet."),
            { Failure: { } failure } => Failed(failure, "dataset-unreadable", "The dataset cannot be read."),
            var unavailable => Problem.TrainerUnavailable(unavailable.Unavailable!),
        };
    }

    private static ProblemHttpResult Failed(FailedEvent failure, string slug, string title) => Problem.Create(
        StatusCodes.Status409Conflict, slug, title, failure.Message, ("code", failure.Code), ("arguments", failure.Arguments));
}

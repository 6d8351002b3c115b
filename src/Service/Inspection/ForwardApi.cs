using System.Buffers.Text;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Trainyard.Service.Http;
using Trainyard.Service.Results;
using Trainyard.Service.Runs;
using Trainyard.Service.Workers;
using Trainyard.Specs.Events.Forward;

namespace Trainyard.Service.Inspection;

/// <summary>Shows what a trained network computes from one sample, layer by layer and unit by unit.</summary>
internal static class ForwardApi
{
    public static void AddForwardPasses(this WebApplicationBuilder builder)
    {
        // A process that only serves has them from here.
        builder.Services.AddOptions<TrainerOptions>().BindConfiguration(TrainerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<TrainerLocation>();
        builder.Services.AddSingleton<ForwardPasses>();
    }

    public static void MapForwardPasses(this IEndpointRouteBuilder api) => api.MapGet("/runs/{id:guid}/forward", ShowAsync)
        .WithName("getRunForwardPass").WithTags("Results").WithSummary("Show a forward pass through the trained network")
        .WithDescription(
            "The newest checkpoint's network with a validation sample, or an image of one's own: every layer's output, the filters of the first convolution, scores and "
            + "softmax. With a layer, also the values and weights that one of its units is computed from. It runs on this machine, on the CPU in float32.")
        .Produces<ForwardPass>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> ShowAsync(
        Guid id,
        RunFiles files,
        RunReader runs,
        ForwardPasses passes,
        [Description("Index of a validation sample; default 0."), Range(0, int.MaxValue)] int? sample,
        [Description("An image instead of a sample: base64url of H * W * C bytes, in the size of the dataset's images.")] string? pixels,
        [Description("Layer of the unit to explain, by its name in the layer table.")] string? layer,
        [Description("Channel, or index in a vector, of the unit; default 0."), Range(0, int.MaxValue)] int? channel,
        [Description("Row of the unit; default 0."), Range(0, int.MaxValue)] int? row,
        [Description("Column of the unit; default 0."), Range(0, int.MaxValue)] int? column,
        CancellationToken cancellationToken)
    {
        if (pixels is not null && !Base64Url.IsValid(pixels))
        {
            return Problem.BadParameter("pixels", pixels.Length <= 40 ? pixels : $"{pixels[..40]}...", "base64url");
        }

        var request = new ForwardRequest
        {
            Sample = sample ?? 0,
            Pixels = pixels is null ? null : Base64Url.DecodeFromChars(pixels),
            Unit = layer is null ? null : new UnitAddress { Layer = layer, Channel = channel ?? 0, Row = row ?? 0, Column = column ?? 0 },
        };
        if (await files.NewestCheckpointAsync(id, cancellationToken) is not { } checkpoint)
        {
            return await runs.ExistsAsync(id, cancellationToken)
                ? Problem.Create(
                    StatusCodes.Status409Conflict, "no-checkpoint", "The run has no weights here.",
                    $"Run {id} has no checkpoint yet, or its worker keeps it in a data folder that this process does not share.")
                : Problem.UnknownRun(id);
        }

        return await passes.ShowAsync(checkpoint, request, cancellationToken) switch
        {
            { Json: { } json } => TypedResults.Bytes(json, "application/json; charset=utf-8"),
            { Wrong: { } wrong } => Problem.Create(StatusCodes.Status400BadRequest, "bad-forward-pass", "There is no such sample or unit.", wrong),
            { Failure: { } failure } => Problem.Create(
                StatusCodes.Status409Conflict, "dataset-unreadable", "The dataset cannot be read.", failure.Message, ("code", failure.Code), ("arguments", failure.Arguments)),
            var unavailable => Problem.TrainerUnavailable(unavailable.Unavailable!),
        };
    }
}

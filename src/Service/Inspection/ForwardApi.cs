using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Trainyard.Service.Access;
using Trainyard.Service.Http;
using Trainyard.Service.Store;
using Trainyard.Specs.Events.Forward;

namespace Trainyard.Service.Inspection;

/// <summary>Shows what a trained network computes from one sample, layer by layer and unit by unit.</summary>
internal static class ForwardApi
{
    private const int MaximumBodyBytes = 512 * 1024;
    private const int MostSamples = 200;
    private const string Where = "It runs on the machine of this process, on the CPU in float32.";

    public static void AddForwardPasses(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ForwardOptions>().BindConfiguration(ForwardOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ForwardTrainers>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ForwardTrainers>());
        builder.Services.AddSingleton<ForwardPasses>();
        builder.Services.AddScoped<ForwardSource>();
    }

    public static void MapForwardPasses(this IEndpointRouteBuilder api)
    {
        var forward = api.MapGroup("/runs/{id:guid}/forward").WithTags("Results").RequireScope(AccessScope.Read)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        forward.MapGet("", ShowAsync).WithName("getRunForwardPass").WithSummary("Show a forward pass through the trained network")
            .WithDescription(
                "The newest checkpoint's network with a validation sample: every layer's output, the filters of the first convolution, scores and softmax. With a layer, also "
                + $"the values and weights that one of its units is computed from, and what the layers after it make of it. {Where}")
            .Produces<ForwardPass>();
        forward.MapPost("", ShowOwnAsync).WithName("runForwardPass").WithSummary("Show a forward pass of an image or a point of one's own")
            .WithDescription(
                "As GET, with a sample of one's own: pixels in the size of the dataset's images, or the coordinates of a point. It is normalized as the training data were. "
                + $"Nothing is stored. {Where}")
            .Accepts<ForwardRequest>("application/json").WithMetadata(new RequestSizeLimitAttribute(MaximumBodyBytes))
            .Produces<ForwardPass>().ProducesBodyProblems()
            .WithExample("point", "A point", """{ "point": [0.5, -0.25], "unit": { "layer": "dense1", "channel": 2 } }""");
        forward.MapGet("/samples", ListAsync).WithName("listRunForwardSamples").WithSummary("List validation samples with what the trained network predicts")
            .WithDescription(
                "In the order of their index, which a forward pass takes. A search for wrong predictions pauses after a second: where 'next' is not null, there may be more, however "
                + $"few came. {Where}")
            .Produces<ForwardSamples>();
    }

    private static Task<IResult> ShowAsync(
        Guid id,
        ForwardSource source,
        [Description("Index of a validation sample; default 0."), Range(0, int.MaxValue)] int? sample,
        [Description("Layer of the unit to explain, by its name in the layer table.")] string? layer,
        [Description("Channel, or index in a vector, of the unit; default 0."), Range(0, int.MaxValue)] int? channel,
        [Description("Row of the unit; default 0."), Range(0, int.MaxValue)] int? row,
        [Description("Column of the unit; default 0."), Range(0, int.MaxValue)] int? column,
        [Description("Whether the answer has the values of all layers and the filters; default true.")] bool? maps,
        CancellationToken cancellationToken) =>
        source.AskAsync(
            id,
            new PassRequest
            {
                Forward = new ForwardRequest
                {
                    Sample = sample ?? 0,
                    Unit = layer is null ? null : new UnitAddress { Layer = layer, Channel = channel ?? 0, Row = row ?? 0, Column = column ?? 0 },
                    Maps = maps ?? true,
                },
            },
            cancellationToken);

    private static Task<IResult> ShowOwnAsync(Guid id, ForwardRequest request, ForwardSource source, CancellationToken cancellationToken) =>
        source.AskAsync(id, new PassRequest { Forward = request }, cancellationToken);

    private static Task<IResult> ListAsync(
        Guid id,
        ForwardSource source,
        [Description("Index of the sample before the first; without it, the list begins with the first."), Range(0, int.MaxValue - 1)] int? after,
        [Description("Most samples; default 16."), Range(1, MostSamples)] int? limit,
        [Description("Only samples of this true class, an index of the class names; default all."), Range(0, int.MaxValue)] int? label,
        [Description("Whether only samples are listed that the network predicts wrong; default false.")] bool? wrong,
        CancellationToken cancellationToken) =>
        source.AskAsync(id, new SamplesRequest { First = after + 1 ?? 0, Limit = limit ?? 16, Label = label, Wrong = wrong ?? false }, cancellationToken);
}

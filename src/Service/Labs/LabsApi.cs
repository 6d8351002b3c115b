using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Trainyard.Service.Access;
using Trainyard.Service.Http;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;
using Trainyard.Specs.Labs;

namespace Trainyard.Service.Labs;

/// <summary>Labs: small experiments whose answer a trainer computes at once, in the queue and on the engine of the runs.</summary>
internal static class LabsApi
{
    private const int MaximumBodyBytes = 256 * 1024;
    private const int MaximumWait = 30;
    private const string WaitDescription = "Seconds to wait for the answer; default 0.";

    public static void AddLabs(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LabOptions>().BindConfiguration(LabOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<LabQueue>();
        builder.Services.AddSingleton<LabWaits>();
    }

    public static void MapLabs(this IEndpointRouteBuilder api)
    {
        var labs = api.MapGroup("/labs").WithTags("Labs");
        labs.MapGet("", List).WithName("listLabs").WithSummary("List the labs with examples of requests");
        foreach (var lab in LabCatalog.All)
        {
            var answer = typeof(LabAnswer<,>).MakeGenericType(lab.Request, lab.Result);
            var id = string.Concat(lab.Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
            var post = labs.MapPost(lab.Name, SubmitAsync).RequireRateLimiting(RequestRates.Submits).WithName($"run{id}Lab").WithSummary($"Ask a lab: {lab.Title}")
                .WithDescription(
                    $"{lab.Summary} An empty object stands for the first example. Equal requests have one answer, which is kept. 200 when it is there, 202 while it is "
                    + "computed; a failure is part of the answer.")
                .Accepts(lab.Request, "application/json").WithMetadata(new RequestSizeLimitAttribute(MaximumBodyBytes), lab)
                .Produces(StatusCodes.Status200OK, answer).Produces(StatusCodes.Status202Accepted, answer).ProducesBodyProblems();
            foreach (var example in lab.Examples)
            {
                post.WithExample(example.Name, example.Title, JsonSerializer.Serialize(example.Request, lab.Request, SpecJson.Options));
            }

            labs.MapGet($"{lab.Name}/results/{{id:guid}}", FindAsync).WithName($"get{id}Lab").WithSummary($"Get an answer of a lab: {lab.Title}")
                .WithMetadata(lab).Produces(StatusCodes.Status200OK, answer).ProducesProblem(StatusCodes.Status404NotFound);
        }
    }

    private static LabList List() => new()
    {
        Items =
        [
            .. LabCatalog.All.Select(lab => new LabSummary
            {
                Name = lab.Name,
                Title = lab.Title,
                Summary = lab.Summary,
                Examples =
                [
                    .. lab.Examples.Select(example => new LabExampleRequest
                    {
                        Name = example.Name, Title = example.Title, Request = JsonSerializer.SerializeToElement(example.Request, lab.Request, SpecJson.Options),
                    }),
                ],
            }),
        ],
    };

    private static async Task<IResult> SubmitAsync(
        HttpContext context,
        ClaimsPrincipal user,
        LabQueue queue,
        LabWaits waits,
        IOptions<LabOptions> options,
        [Description(WaitDescription), Range(0, MaximumWait)] int? wait,
        CancellationToken cancellationToken)
    {
        var lab = LabOf(context);
        var reading = lab.Read(await JsonBodies.ReadBytesAsync(context.Request, cancellationToken));
        if (reading.Document is not { } document)
        {
            return BodyProblem.InvalidBody(reading.Findings);
        }

        if (await queue.SubmitAsync(lab, document, user.Name(), options.Value.MaximumQueued, cancellationToken) is not { } id)
        {
            return Busy();
        }

        await waits.WaitAsync(id, TimeSpan.FromSeconds(wait ?? 0), cancellationToken);
        if (await queue.FindAsync(lab.Name, id, cancellationToken) is not { } answer)
        {
            return Unknown(lab, id);
        }

        return answer.State is LabState.Succeeded or LabState.Failed ? TypedResults.Ok(answer) : TypedResults.Accepted($"/api/v1/labs/{lab.Name}/results/{id}", answer);
    }

    private static async Task<IResult> FindAsync(
        Guid id,
        HttpContext context,
        LabQueue queue,
        LabWaits waits,
        [Description(WaitDescription), Range(0, MaximumWait)] int? wait,
        CancellationToken cancellationToken)
    {
        var lab = LabOf(context);
        await waits.WaitAsync(id, TimeSpan.FromSeconds(wait ?? 0), cancellationToken);
        return await queue.FindAsync(lab.Name, id, cancellationToken) is { } answer ? TypedResults.Ok(answer) : Unknown(lab, id);
    }

    /// <summary>429: too many requests wait.</summary>
    public static ProblemHttpResult Busy() => Problem.Create(
        StatusCodes.Status429TooManyRequests, "labs-busy", "Too many requests of labs are waiting.",
        "As many requests as Labs:MaximumQueued allows are waiting for a worker; repeat it in a moment.", (Problem.RetryAfterSeconds, 5));

    private static LabDefinition LabOf(HttpContext context) => context.GetEndpoint()!.Metadata.GetRequiredMetadata<LabDefinition>();

    private static ProblemHttpResult Unknown(LabDefinition lab, Guid id) => Problem.Create(
        StatusCodes.Status404NotFound, "unknown-lab-result", "Answer not found.",
        $"Lab {lab.Name} has no answer {id}; it does not exist, or was removed because it was not used. Send the request again.");
}

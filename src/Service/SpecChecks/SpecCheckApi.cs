using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;
using Trainyard.Specs.Planning;

namespace Trainyard.Service.SpecChecks;

/// <summary>Judges specs without submitting them.</summary>
internal static class SpecCheckApi
{
    /// <summary>Adds what the endpoint needs.</summary>
    public static void AddSpecChecks(this WebApplicationBuilder builder) => builder.Services.AddScoped<SpeedHistory>();

    /// <summary>Maps <c>/specs</c>.</summary>
    public static void MapSpecChecks(this IEndpointRouteBuilder api) => api.MapPost("/specs/check", CheckAsync)
        .WithName("checkSpec").WithTags("Specs").WithSummary("Judge a spec without submitting it")
        .WithDescription("Answers everything at once: each finding with its JSON pointer, what was found, what is allowed, and a fix; the layer table, up to the first layer that does not fit; for a valid spec its cost.")
        .Accepts<ExperimentSpecInput>("application/json")
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

    private static async Task<Results<Ok<SpecCheck>, ProblemHttpResult>> CheckAsync(
        HttpRequest request, SpeedHistory speed, CancellationToken cancellationToken)
    {
        var (reading, problem) = await SpecBody.ReadAsync(request, cancellationToken);
        if (reading is null)
        {
            return problem!;
        }

        return TypedResults.Ok(new SpecCheck
        {
            Valid = reading.IsValid,
            Findings = reading.Findings,
            Spec = reading.Spec,
            Layers = reading.Layers,
            BrokenLayer = reading.BrokenLayer,
            Parameters = reading.Plan?.Parameters ?? 0,
            FlopsPerSample = reading.Plan?.Flops ?? 0,
            MemoryBytes = reading.IsValid ? TrainingCost.MemoryBytes(reading.Spec, reading.Plan) : 0,
            ExpectedSecondsPerEpoch = reading.IsValid ? await speed.SecondsPerEpochAsync(reading.Spec, reading.Plan, cancellationToken) : null,
        });
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Trainyard.Service.Hosting;
using Trainyard.Service.Store;

namespace Trainyard.Service.Http;

/// <summary>Health checks for an orchestrator: whether to restart the process (live), and whether to send it requests (ready).</summary>
internal static class HealthApi
{
    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static RouteGroupBuilder MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("Health").WithHead();
        health.MapGet("/live", Live).WithName("getLiveness").WithSummary("Liveness probe: the process works; independent of the database");
        health.MapGet("/ready", Ready).WithName("getReadiness").WithSummary("Readiness probe: the database responds, and the trainer works in a process that trains")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return health;
    }

    private static Ok<HealthStatus> Live() => TypedResults.Ok(new HealthStatus { Status = "live" });

    // Answers at once, whatever hangs: StoreWatch and the worker find out whether database and trainer work.
    private static Results<Ok<HealthStatus>, ProblemHttpResult> Ready(StoreWatch store, TrainerStatus trainer, IOptions<ServiceOptions> options, HttpResponse response)
    {
        if (!store.IsAvailable)
        {
            return Problem.StoreUnavailable(response);
        }

        return options.Value.Works && trainer.Current is { IsReady: false, Reason: var reason }
            ? Problem.TrainerUnavailable(reason ?? "The trainer is being checked.")
            : TypedResults.Ok(new HealthStatus { Status = "ready" });
    }
}

/// <summary>Result of a health check.</summary>
public sealed record HealthStatus
{
    /// <summary>live or ready.</summary>
    public required string Status { get; init; }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Http;

/// <summary>Health checks for an orchestrator: whether to restart the process (live), and whether to send it requests (ready).</summary>
internal static class HealthApi
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("Health").WithHead();
        health.MapGet("/live", Live).WithName("getLiveness").WithSummary("Whether the process works; independent of the database");
        health.MapGet("/ready", ReadyAsync).WithName("getReadiness").WithSummary("Whether the process can serve requests: the database responds, and the trainer works in a process that trains")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<HealthStatus> Live() => TypedResults.Ok(new HealthStatus { Status = "live" });

    private static async Task<Results<Ok<HealthStatus>, ProblemHttpResult>> ReadyAsync(
        NpgsqlDataSource dataSource, TrainerStatus trainer, IOptions<ServiceOptions> options, HttpResponse response, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Patience);
        try
        {
            await using var command = dataSource.CreateCommand("select 1");
            await command.ExecuteScalarAsync(timeout.Token);
            return options.Value.Works && trainer.Current is { IsReady: false, Reason: var reason }
                ? Problem.TrainerUnavailable(reason ?? "The trainer is being checked.")
                : TypedResults.Ok(new HealthStatus { Status = "ready" });
        }
        catch (Exception exception) when (exception is NpgsqlException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            response.Headers.RetryAfter = "5";
            return Problem.StoreUnavailable();
        }
    }
}

/// <summary>Result of a health check.</summary>
public sealed record HealthStatus
{
    /// <summary>live or ready.</summary>
    public required string Status { get; init; }
}

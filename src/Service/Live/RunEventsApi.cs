using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;
using Trainyard.Service.Runs;

namespace Trainyard.Service.Live;

/// <summary>The events of a run: a page of stored ones, or a stream.</summary>
internal static class RunEventsApi
{
    private const int DefaultLimit = 200;
    private const int MaximumLimit = 1000;

    public static void MapRunEvents(this IEndpointRouteBuilder api) => api.MapGet("/runs/{id:guid}/events", EventsAsync)
        .WithTags("Runs").WithName("listRunEvents").WithSummary("List the events of a run")
        .WithDescription("Oldest first. With 'Accept: text/event-stream' a live stream of server-sent events that ends with the final state of the run.")
        .Produces<Page<RunEventEntry>>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Page<RunEventEntry>>, RunEventStream, ProblemHttpResult>> EventsAsync(
        Guid id,
        HttpRequest request,
        RunReader reader,
        RunFeed feed,
        TimeProvider clock,
        [Description("Only events after this sequence number; default 0."), Range(typeof(long), "0", "9223372036854775807")] long? after,
        [Description("Page size; default 200."), Range(1, MaximumLimit)] int? limit,
        CancellationToken cancellationToken)
    {
        if (!await reader.ExistsAsync(id, cancellationToken))
        {
            return Problem.UnknownRun(id);
        }

        if (RunEventStream.Wanted(request))
        {
            return RunEventStream.Of(feed, request, id, after ?? 0, clock, cancellationToken);
        }

        var size = limit ?? DefaultLimit;
        var events = await reader.EventsAsync(id, after ?? 0, size, cancellationToken);
        return TypedResults.Ok(new Page<RunEventEntry> { Items = events, Next = events.Count == size ? $"{events[^1].Seq}" : null });
    }
}

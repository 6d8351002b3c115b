using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc;
using Trainyard.Service.Http;
using Trainyard.Service.Runs;

namespace Trainyard.Service.Live;

/// <summary>The events of a run over HTTP: pages of JSON, or a live stream of server-sent events.</summary>
internal static class RunEventsApi
{
    /// <summary>The longest silence in a stream of server-sent events; proxies close a connection after 30 s and more.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>Type of the server-sent events that only keep the connection open; their data is null.</summary>
    public const string KeepAliveType = "keep-alive";

    private const int DefaultLimit = 200;
    private const int MaximumLimit = 1000;

    public static void MapRunEvents(this IEndpointRouteBuilder api) =>
        api.MapGet("/runs/{id:guid}/events", ListAsync).WithTags("Runs").WithName("listRunEvents").WithSummary("List the events of a run, oldest first")
            .WithDescription(
                "With 'Accept: text/event-stream' the response is a live stream that ends after the run's final state; it starts after the header "
                + "Last-Event-ID if that is higher than 'after'.")
            .Produces<Page<RunEventEntry>>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

    // Not a Results<...> type: the stream would describe its items as a second schema of the same response.
    [ProducesText("text/event-stream")]
    private static async Task<IResult> ListAsync(
        Guid id,
        HttpRequest request,
        RunReader reader,
        RunEventFeed feed,
        TimeProvider clock,
        [Description("Only events after this sequence number; default 0."), Range(typeof(long), "0", "9223372036854775807")] long? after,
        [Description("Page size; default 200."), Range(1, MaximumLimit)] int? limit,
        [Description("Id of the last event that a client of the stream has."), FromHeader(Name = "Last-Event-ID"), Range(typeof(long), "0", "9223372036854775807")] long? lastEventId,
        CancellationToken cancellationToken)
    {
        if (!await feed.ExistsAsync(id, cancellationToken))
        {
            return Problem.UnknownRun(id);
        }

        if (request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase)))
        {
            // HEAD: the headers of a stream, which would not end.
            var events = HttpMethods.IsHead(request.Method)
                ? AsyncEnumerable.Empty<RunEventEntry[]>()
                : feed.StreamAsync(id, Math.Max(after ?? 0, lastEventId ?? 0), cancellationToken);
            return TypedResults.ServerSentEvents(WithKeepAliveAsync(events, clock, cancellationToken));
        }

        var size = limit ?? DefaultLimit;
        var page = await reader.EventsAsync(id, after ?? 0, size, cancellationToken);
        return TypedResults.Ok(new Page<RunEventEntry> { Items = page, Next = page.Count == size ? $"{page[^1].Seq}" : null });
    }

    /// <summary>The events as items whose id is the seq, with a keep-alive item whenever nothing happened for <see cref="KeepAlive"/>.</summary>
    internal static async IAsyncEnumerable<SseItem<RunEventEntry?>> WithKeepAliveAsync(
        IAsyncEnumerable<RunEventEntry[]> batches, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var reader = batches.GetAsyncEnumerator(ended.Token);
        var next = reader.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                await ((Task)next).WaitAsync(KeepAlive, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
                if (!next.IsCompleted)
                {
                    yield return new SseItem<RunEventEntry?>(null, KeepAliveType);
                }
                else if (await next)
                {
                    foreach (var entry in reader.Current)
                    {
                        yield return new SseItem<RunEventEntry?>(entry) { EventId = entry.Seq.ToString(CultureInfo.InvariantCulture) };
                    }

                    next = reader.MoveNextAsync().AsTask();
                }
                else
                {
                    yield break;
                }
            }
        }
        finally
        {
            // An enumerator is disposed when no call of it is pending.
            await ended.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

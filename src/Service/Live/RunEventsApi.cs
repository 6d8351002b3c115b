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

    /// <summary>The same before the first item: the headers are sent with it, and a client counts as connected when it has them.</summary>
    public static readonly TimeSpan FirstKeepAlive = TimeSpan.FromSeconds(0.25);

    /// <summary>Type of the server-sent events that only keep the connection open; their data is empty.</summary>
    public const string KeepAliveType = "keep-alive";

    /// <summary>Type of the server-sent event after the last event of a run; its data is empty.</summary>
    public const string EndType = "end";

    private const int DefaultLimit = 200;
    private const int MaximumLimit = 1000;

    public static void MapRunEvents(this IEndpointRouteBuilder api) =>
        api.MapGet("/runs/{id:guid}/events", ListAsync).WithTags("Runs").WithName("listRunEvents").WithSummary("List the events of a run, oldest first")
            .WithDescription(
                "With 'Accept: text/event-stream' the response is a live stream that starts after the header Last-Event-ID if that is higher than 'after'. "
                + "After the last event of a run in a final state it sends an event of type 'end' and closes; a client that connects again gets 204, which "
                + "tells an EventSource to stop. Events of type 'keep-alive' come after 15 s without another one.")
            .Produces<Page<RunEventEntry>>().Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

    // Not a Results<...> type: the stream would describe its items as a second schema of the same response.
    [ProducesText("text/event-stream")]
    private static async Task<IResult> ListAsync(
        Guid id,
        HttpRequest request,
        RunReader reader,
        RunEventFeed feed,
        IHostApplicationLifetime lifetime,
        TimeProvider clock,
        [Description("Only events after this sequence number; default 0."), Range(typeof(long), "0", "9223372036854775807")] long? after,
        [Description("Page size; default 200."), Range(1, MaximumLimit)] int? limit,
        [Description("Id of the last event that a client of the stream has."), FromHeader(Name = "Last-Event-ID"), Range(typeof(long), "0", "9223372036854775807")] long? lastEventId,
        CancellationToken cancellationToken)
    {
        if (await feed.FindAsync(id, cancellationToken) is not var (lastSeq, isFinal))
        {
            return Problem.UnknownRun(id);
        }

        if (request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase)))
        {
            var cursor = Math.Max(after ?? 0, lastEventId ?? 0);
            if (isFinal && cursor >= lastSeq)
            {
                return TypedResults.NoContent();
            }

            // HEAD: the headers of a stream, which would not end.
            var events = HttpMethods.IsHead(request.Method) ? AsyncEnumerable.Empty<RunEventEntry[]>() : feed.StreamAsync(id, cursor, cancellationToken);
            return TypedResults.ServerSentEvents(ItemsAsync(events, clock, lifetime.ApplicationStopping, cancellationToken));
        }

        var size = limit ?? DefaultLimit;
        var (count, newest) = (0, 0L);
        return new StreamedJson<Page<RunEventEntry>>("items", EntriesAsync(), () => [("next", count == size ? $"{newest}" : null)]);

        async IAsyncEnumerable<object> EntriesAsync()
        {
            await foreach (var entry in reader.EventsAsync(id, after ?? 0, size, cancellationToken))
            {
                (count, newest) = (count + 1, entry.Seq);
                yield return entry;
            }
        }
    }

    // The events as items whose id is the seq, a keep-alive item whenever nothing happened for KeepAlive (soon after the start for FirstKeepAlive), and an end item when there are no more. When the
    // service stops, the stream ends without one: the client connects again.
    internal static async IAsyncEnumerable<SseItem<RunEventEntry?>> ItemsAsync(
        IAsyncEnumerable<RunEventEntry[]> batches, TimeProvider clock, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        await using var reader = batches.GetAsyncEnumerator(ended.Token);
        var next = reader.MoveNextAsync().AsTask();
        var patience = FirstKeepAlive;
        try
        {
            while (true)
            {
                await ((Task)next).WaitAsync(patience, clock, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                patience = KeepAlive;
                cancellationToken.ThrowIfCancellationRequested();
                if (stopping.IsCancellationRequested)
                {
                    yield break;
                }

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
                    yield return new SseItem<RunEventEntry?>(null, EndType);
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

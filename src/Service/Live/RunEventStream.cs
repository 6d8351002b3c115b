using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Runs;

namespace Trainyard.Service.Live;

/// <summary>The events of a run as server-sent events: <c>id</c> is the seq, so a browser that reconnects goes on where it was.</summary>
internal static class RunEventStream
{
    /// <summary>Whether a request asks for server-sent events rather than JSON.</summary>
    public static bool Wanted(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase));

    /// <summary>Streams events after a seq, or after the request's <c>Last-Event-ID</c> if that is higher. The run must exist.</summary>
    public static ServerSentEventsResult<RunEventEntry> Send(RunFeed feed, HttpRequest request, Guid runId, long after, CancellationToken cancellationToken)
    {
        var last = long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : 0;
        return TypedResults.ServerSentEvents(ItemsAsync(feed, runId, Math.Max(after, last), cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<RunEventEntry>> ItemsAsync(
        RunFeed feed, Guid runId, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in feed.StreamAsync(runId, after, cancellationToken))
        {
            foreach (var entry in batch)
            {
                yield return new SseItem<RunEventEntry>(entry) { EventId = entry.Seq.ToString(CultureInfo.InvariantCulture) };
            }
        }
    }
}

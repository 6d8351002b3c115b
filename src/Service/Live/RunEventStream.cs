using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Trainyard.Service.Runs;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Live;

/// <summary>
/// The events of a run as server-sent events: <c>id</c> is the seq, so a browser that reconnects goes on where it was. While nothing happens, a comment
/// is sent now and then, so that no proxy takes the connection for dead.
/// </summary>
internal sealed class RunEventStream(IAsyncEnumerable<RunEventEntry[]> batches, TimeProvider clock) : IResult
{
    /// <summary>The longest silence. Proxies cut after 30 s and more.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private static readonly JsonSerializerOptions Options = CreateOptions();

    /// <summary>Whether a request asks for server-sent events rather than JSON.</summary>
    public static bool Wanted(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase));

    /// <summary>Streams events after a seq, or after the request's <c>Last-Event-ID</c> if that is higher. The run must exist.</summary>
    public static RunEventStream Of(RunFeed feed, HttpRequest request, Guid runId, long after, TimeProvider clock, CancellationToken cancellationToken)
    {
        var last = long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : 0;
        return new RunEventStream(feed.StreamAsync(runId, Math.Max(after, last), cancellationToken), clock);
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache,no-store";
        response.Headers.Pragma = "no-cache";
        response.Headers.ContentEncoding = "identity";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted);
        await using var reader = batches.GetAsyncEnumerator(ended.Token);
        var next = reader.MoveNextAsync().AsTask();
        try
        {
            await response.Body.FlushAsync(ended.Token);
            while (true)
            {
                bool more;
                try
                {
                    more = await next.WaitAsync(KeepAlive, clock, ended.Token);
                }
                catch (TimeoutException) when (!next.IsFaulted)
                {
                    await response.WriteAsync(": nothing new\n\n", ended.Token);
                    await response.Body.FlushAsync(ended.Token);
                    continue;
                }

                if (!more)
                {
                    return;
                }

                foreach (var entry in reader.Current)
                {
                    await response.WriteAsync(
                        $"data: {JsonSerializer.Serialize(entry, Options)}\nid: {entry.Seq.ToString(CultureInfo.InvariantCulture)}\n\n", ended.Token);
                }

                await response.Body.FlushAsync(ended.Token);
                next = reader.MoveNextAsync().AsTask();
            }
        }
        catch (Exception gone) when (httpContext.RequestAborted.IsCancellationRequested && (gone is OperationCanceledException or IOException))
        {
            // The client went, or the service stops.
        }
        finally
        {
            // The reader must be at rest before it is disposed.
            await ended.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        SpecJson.Configure(options);
        return options;
    }
}

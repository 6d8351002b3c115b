using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trainyard.Service.Tests.Live;

/// <summary>Just enough of SignalR's JSON protocol over a WebSocket to call methods, to receive streams, and to lose the connection abruptly.</summary>
internal sealed class HubClient : IDisposable
{
    private const byte RecordSeparator = 0x1e;

    private readonly ClientWebSocket socket = new();
    private readonly List<byte> received = [];
    private readonly Queue<JsonNode> items = new();
    private int invocations;

    private HubClient()
    {
    }

    /// <summary>Connects and shakes hands.</summary>
    public static async Task<HubClient> ConnectAsync(Uri service, CancellationToken cancellationToken, string? token = null, bool inQuery = false, string path = "/hubs/runs")
    {
        var client = new HubClient();
        if (token is not null && !inQuery)
        {
            client.socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        }

        var query = inQuery ? $"access_token={token}" : "";
        await client.socket.ConnectAsync(new UriBuilder(service) { Scheme = "ws", Path = path, Query = query }.Uri, cancellationToken);
        await client.SendAsync(new { protocol = "json", version = 1 }, cancellationToken);
        Assert.Equal("{}", (await client.ReceiveAsync(cancellationToken))!.ToJsonString());
        return client;
    }

    /// <summary>Calls a streaming method; ends with the stream.</summary>
    /// <exception cref="InvalidOperationException">The hub answered with an error, which is the message.</exception>
    public async IAsyncEnumerable<JsonNode> StreamAsync(string method, object[] arguments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await SendAsync(new { type = 4, invocationId = "1", target = method, arguments }, cancellationToken);
        while (true)
        {
            var message = await ReceiveAsync(cancellationToken) ?? throw new WebSocketException("The connection was closed.");
            switch ((int?)message["type"])
            {
                case 2:
                    yield return message["item"]!;
                    break;
                case 3 when message["error"] is { } error:
                    throw new InvalidOperationException((string?)error);
                case 3:
                    yield break;
                case 7:
                    throw new WebSocketException("The service closes the connection.");
                default:
                    break;
            }
        }
    }

    /// <summary>Calls a method and waits for its result; items of a stream that come meanwhile are kept for <see cref="NextItemAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">The hub answered with an error, which is the message.</exception>
    public async Task<JsonNode?> InvokeAsync(string method, object[] arguments, CancellationToken cancellationToken)
    {
        var invocationId = $"call {++invocations}";
        await SendAsync(new { type = 1, invocationId, target = method, arguments }, cancellationToken);
        while (true)
        {
            var message = await ReceiveAsync(cancellationToken) ?? throw new WebSocketException("The connection was closed.");
            if ((int?)message["type"] == 3 && (string?)message["invocationId"] == invocationId)
            {
                return message["error"] is { } error ? throw new InvalidOperationException((string?)error) : message["result"];
            }

            Keep(message);
        }
    }

    /// <summary>Calls a streaming method and returns at once.</summary>
    public Task StartStreamAsync(string method, object[] arguments, CancellationToken cancellationToken) =>
        SendAsync(new { type = 4, invocationId = "stream", target = method, arguments }, cancellationToken);

    /// <summary>The next item of the stream that was started.</summary>
    public async Task<JsonNode> NextItemAsync(CancellationToken cancellationToken)
    {
        while (items.Count == 0)
        {
            Keep(await ReceiveAsync(cancellationToken) ?? throw new WebSocketException("The connection was closed."));
        }

        return items.Dequeue();
    }

    /// <summary>Items of the stream that have been received and not taken.</summary>
    public int WaitingItems => items.Count;

    /// <summary>Seqs of a run's events, in the order of arrival, until the stream ends.</summary>
    public async IAsyncEnumerable<long> SeqsAsync(Guid run, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in StreamAsync("Subscribe", [run, after], cancellationToken))
        {
            foreach (var entry in batch.AsArray())
            {
                yield return (long)entry!["seq"]!;
            }
        }
    }

    /// <summary>Closes the connection without a close handshake.</summary>
    public void Abort() => socket.Abort();

    public void Dispose() => socket.Dispose();

    private void Keep(JsonNode message)
    {
        if ((int?)message["type"] == 2)
        {
            items.Enqueue(message["item"]!);
        }
    }

    private Task SendAsync(object message, CancellationToken cancellationToken)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(message), RecordSeparator];
        return socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
    }

    private async Task<JsonNode?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        int end;
        while ((end = received.IndexOf(RecordSeparator)) < 0)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            received.AddRange(buffer.AsSpan(0, read.Count));
        }

        var text = Encoding.UTF8.GetString([.. received[..end]]);
        received.RemoveRange(0, end + 1);
        return JsonNode.Parse(text);
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Trainyard.Trainer.Datasets;

namespace Trainyard.Trainer.Tests.Datasets;

/// <summary>Serves small files over HTTP on this machine, with byte ranges and injected faults.</summary>
internal sealed class FixtureServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly Task serving;

    public FixtureServer()
    {
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        serving = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    /// <summary>Content by path, as in <c>/mnist/a.gz</c>.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Every request so far: path, and the Range header if there was one.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Breaks each of the next answers after so many bytes of content.</summary>
    public Queue<int> Breaks { get; } = new();

    /// <summary>Answers the next requests with these.</summary>
    public Queue<HttpStatusCode> Errors { get; } = new();

    public bool IgnoresRanges { get; set; }

    /// <summary>An answer stops after its first byte until this is complete; null: it does not.</summary>
    public TaskCompletionSource? Hold { get; set; }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await serving;
        listener.Stop();
        closing.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(closing.Token);
                await AnswerAsync(client.GetStream());
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        if (await reader.ReadLineAsync(closing.Token) is not { } request)
        {
            return;
        }

        var path = request.Split(' ')[1];
        string? range = null;
        while (await reader.ReadLineAsync(closing.Token) is { Length: > 0 } header)
        {
            range = header.StartsWith("Range:", StringComparison.OrdinalIgnoreCase) ? header[6..].Trim() : range;
        }

        Requests.Add(range is null ? path : $"{path} {range}");
        try
        {
            await WriteAsync(stream, path, range);
        }
        catch (IOException)
        {
            // The client went away.
        }
    }

    private async Task WriteAsync(NetworkStream stream, string path, string? range)
    {
        if (Errors.TryDequeue(out var error))
        {
            await HeadAsync(stream, error, 0);
            return;
        }

        if (!Files.TryGetValue(path, out var content))
        {
            await HeadAsync(stream, HttpStatusCode.NotFound, 0);
            return;
        }

        var from = range is null || IgnoresRanges ? 0 : int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        if (from >= content.Length)
        {
            await HeadAsync(stream, HttpStatusCode.RequestedRangeNotSatisfiable, 0, $"Content-Range: bytes */{content.Length}");
            return;
        }

        var part = content.AsMemory(from);
        await (from == 0
            ? HeadAsync(stream, HttpStatusCode.OK, part.Length)
            : HeadAsync(stream, HttpStatusCode.PartialContent, part.Length, $"Content-Range: bytes {from}-{content.Length - 1}/{content.Length}"));
        if (Hold is { } hold)
        {
            await stream.WriteAsync(part[..1], closing.Token);
            await hold.Task.WaitAsync(closing.Token);
            part = part[1..];
        }

        await stream.WriteAsync(Breaks.TryDequeue(out var end) ? part[..end] : part, closing.Token);
    }

    private async Task HeadAsync(NetworkStream stream, HttpStatusCode status, int length, string? header = null) => await stream.WriteAsync(
        Encoding.ASCII.GetBytes($"HTTP/1.1 {(int)status} {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{(header is null ? string.Empty : header + "\r\n")}\r\n"),
        closing.Token);
}

internal static class TestDownloader
{
    /// <summary>Emits no notices, and hardly waits between attempts.</summary>
    public static Downloader Quiet { get; } = new((_, _) => { }, TimeProvider.System, TimeSpan.FromMilliseconds(10));
}

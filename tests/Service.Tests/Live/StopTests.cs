using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Npgsql;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Live;

/// <summary>The service stops in time, whatever its clients do, and its worker returns the run.</summary>
[Trait("Needs", "process")]
public sealed class StopTests(DatabaseServer server) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_TerminatedWithOpenStreamsAndRequests_ExitsSoonAndRequeuesTheRun()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var service = ServiceProcess.Start(
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("DATA_DIR", folder.Path), ("ConnectionStrings__Postgres", connectionString), ("Trainer__Path", Repository.FaultyTrainer));
        var address = await service.WaitUntilReadyAsync();
        var run = await TestRuns.AddAsync(dataSource, "steps=100000 delay=20");
        await TestRuns.WaitForEventsAsync(dataSource, run, "progress", 3, Waiting.Soon);
        using var http = new HttpClient { BaseAddress = address };
        List<Stream> streams = [];
        for (var i = 0; i < 20; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{run}/events");
            request.Headers.Accept.ParseAdd("text/event-stream");
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            streams.Add(await response.Content.ReadAsStreamAsync(Cancellation));
        }

        List<HubClient> clients = [];
        List<Task> received = [];
        for (var i = 0; i < 20; i++)
        {
            var client = await HubClient.ConnectAsync(address, Cancellation);
            clients.Add(client);
            received.Add(client.SeqsAsync(run, 0, Cancellation).CountAsync(Cancellation).AsTask());
        }

        // A body that never comes, and headers that never end.
        using var slowBody = await SendAsync(address, "POST /api/v1/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
        using var slowHeaders = await SendAsync(address, "GET /api/v1/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow:");

        var began = Stopwatch.GetTimestamp();
        service.Terminate();
        Assert.Equal(0, await service.WaitForExitAsync());
        var took = Stopwatch.GetElapsedTime(began);

        // About 3 s; the host gives up after 30 s.
        Assert.InRange(took.TotalSeconds, 0, 15);
        Assert.Equal(
            "queued 0 shutdown", await TestRuns.ScalarAsync(dataSource, "select state || ' ' || failed_attempts || ' ' || outcome from runs join attempts on run_id = id"));
        foreach (var client in clients)
        {
            client.Dispose();
        }

        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }

        await Task.WhenAll(received).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<TcpClient> SendAsync(Uri address, string text)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Cancellation);
        return client;
    }
}

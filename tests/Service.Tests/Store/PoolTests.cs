using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Live;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Store;

[Trait("Needs", "database")]
public sealed class PoolTests(DatabaseServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", 20, "trainyard")]
    [InlineData(";Maximum Pool Size=7", 7, "trainyard")]
    [InlineData(";MaxPoolSize=7;ApplicationName=other", 7, "other")]
    [InlineData(";maximum pool size=100;application name=other", 100, "other")]
    public async Task ConnectionString_WithAndWithoutSettings_GetsDefaultsWhereItHasNone(string settings, int size, string name)
    {
        var own = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync());
        own.Remove("Maximum Pool Size");
        await using var app = await TestApp.StartAsync(server, connectionString: own.ConnectionString + settings);

        var used = new NpgsqlConnectionStringBuilder(app.Services.GetRequiredService<StoreOptions>().ConnectionString);

        Assert.Equal((size, name), (used.MaxPoolSize, used.ApplicationName));
    }

    [Theory]
    [InlineData("", "10s")]
    [InlineData(";Options=-c idle_in_transaction_session_timeout=200", "200ms")]
    public async Task Session_FrozenInATransaction_IsEndedByTheServerWhichCountsAsUnavailable(string settings, string timeout)
    {
        await using var app = await TestApp.StartAsync(server, connectionString: await server.CreateDatabaseAsync() + settings);
        await using var connection = await app.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var show = new NpgsqlCommand("show idle_in_transaction_session_timeout", connection);
        Assert.Equal(timeout, await show.ExecuteScalarAsync(Cancellation));
        if (settings.Length > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), Cancellation);
            Assert.True(StoreFailure.IsUnavailable(await Assert.ThrowsAnyAsync<NpgsqlException>(() => show.ExecuteScalarAsync(Cancellation))));
        }
    }

    [Fact]
    public async Task ConnectionLimit_PoolThatTheServerDoesNotAllow_IsReportedWithTheNumbers()
    {
        var settings = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync());
        Assert.Null(await FindShortageAsync(20));
        Assert.Contains("may open 1001 connections, PostgreSQL allows ", await FindShortageAsync(1000), StringComparison.Ordinal);

        await using (var dataSource = NpgsqlDataSource.Create(settings.ConnectionString))
        {
            await TestRuns.ExecuteAsync(dataSource, $"alter database \"{settings.Database}\" connection limit 15");
        }

        Assert.Contains("may open 21 connections, PostgreSQL allows 15,", await FindShortageAsync(20), StringComparison.Ordinal);

        async Task<string?> FindShortageAsync(int poolSize)
        {
            settings.MaxPoolSize = poolSize;
            await using var dataSource = NpgsqlDataSource.Create(settings.ConnectionString);
            return await ConnectionLimit.FindShortageAsync(dataSource, Cancellation);
        }
    }

    [Fact]
    public async Task Service_ManyStreamsAndReadsOnASmallPool_RefusesNone()
    {
        var connectionString = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()) { MaxPoolSize = 5 }.ConnectionString;
        await using var app = await TestApp.StartAsync(server, connectionString: connectionString);
        var run = await TestRuns.AddAsync(app.DataSource);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1000 }) { BaseAddress = app.Address };

        var streams = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{run}/events");
            request.Headers.Accept.ParseAdd("text/event-stream");
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        }));
        var clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => HubClient.ConnectAsync(app.Address, Cancellation)));
        var subscribed = clients.Select(async client => await client.SeqsAsync(run, 0, Cancellation).FirstAsync(Cancellation)).ToList();
        var reads = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => http.GetAsync(i % 2 == 0 ? "/api/v1/runs" : $"/api/v1/runs/{run}", Cancellation)));

        Assert.All(streams, stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));
        Assert.All(await Task.WhenAll(subscribed), seq => Assert.Equal(1, seq));
        Assert.All(reads, read => Assert.Equal(HttpStatusCode.OK, read.StatusCode));
        foreach (var used in (IEnumerable<IDisposable>)[.. streams, .. clients, .. reads])
        {
            used.Dispose();
        }
    }
}

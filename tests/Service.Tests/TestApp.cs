using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Trainyard.Service.Tests.Http;

namespace Trainyard.Service.Tests;

/// <summary>The real service on a free port of the loopback interface, with a database of its own.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly DirectoryInfo? ownFolder;

    private TestApp(WebApplication app, DirectoryInfo? ownFolder, string dataDir, string connectionString)
    {
        this.app = app;
        this.ownFolder = ownFolder;
        DataDir = dataDir;
        ConnectionString = connectionString;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Http = new HttpClient(new DocumentedResponses()) { BaseAddress = Address };
    }

    public Uri Address { get; }
    public HttpClient Http { get; }
    public string DataDir { get; }
    public string ConnectionString { get; }
    public IServiceProvider Services => app.Services;
    public NpgsqlDataSource DataSource => Services.GetRequiredService<NpgsqlDataSource>();

    public static async Task<TestApp> StartAsync(
        DatabaseServer server,
        string role = "api",
        IEnumerable<(string Key, string Value)>? settings = null,
        string? connectionString = null,
        string? dataDir = null)
    {
        connectionString ??= await server.CreateDatabaseAsync();
        var madeFolder = dataDir is null ? Directory.CreateTempSubdirectory("trainyard-data-") : null;
        List<(string Key, string Value)> all =
        [
            ("urls", "http://127.0.0.1:0"),
            ("Service:Role", role),
            ("Service:DataDir", dataDir ?? madeFolder!.FullName),
            ("ConnectionStrings:Postgres", connectionString),
            ("Logging:LogLevel:Default", "Warning"),
            ("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning"),
            .. settings ?? [],
        ];
        var host = Program.Build([.. all.Select(setting => $"--{setting.Key}={setting.Value}")]);
        try
        {
            await host.StartAsync();
            return new TestApp(host, madeFolder, dataDir ?? madeFolder!.FullName, connectionString);
        }
        catch
        {
            await host.DisposeAsync();
            madeFolder?.Delete(recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        ownFolder?.Delete(recursive: true);
    }
}

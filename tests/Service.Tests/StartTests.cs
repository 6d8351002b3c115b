using System.Net;
using System.Net.Sockets;
using Trainyard.Service.Tests.Http;

namespace Trainyard.Service.Tests;

[Trait("Needs", "process")]
public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Service_KilledBySigkill_NextStartTakesOverItsServerAndRuns()
    {
        Guid id;
        await using (var first = Start())
        {
            using var http = new HttpClient(new DocumentedResponses()) { BaseAddress = await first.WaitUntilReadyAsync() };
            id = await http.SubmitAsync();
            first.Kill();
            await first.WaitForExitAsync();
        }

        await using var second = Start();
        using var again = new HttpClient(new DocumentedResponses()) { BaseAddress = await second.WaitUntilReadyAsync() };
        Assert.Equal("queued", (await again.GetJsonAsync($"/api/v1/runs/{id}")).Body!["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task Service_Terminated_StopsItsDatabase()
    {
        await using var service = Start();
        await service.WaitUntilReadyAsync();
        var postgres = (await File.ReadAllLinesAsync(folder.File("postgres", "cluster", "postmaster.pid"), TestContext.Current.CancellationToken))[0];
        Assert.True(Directory.Exists($"/proc/{postgres}"));

        service.Terminate();

        Assert.Equal(0, await service.WaitForExitAsync());
        Assert.False(File.Exists(folder.File("postgres", "cluster", "postmaster.pid")));
        await Waiting.UntilAsync(() => Task.FromResult(!Directory.Exists($"/proc/{postgres}")), "the server has ended");
    }

    [Fact]
    public async Task Start_DataFolderNotWritable_FailsWithOneLine()
    {
        var file = folder.File("a-file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        await using var service = ServiceProcess.Start(("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("DATA_DIR", Path.Combine(file, "data")));

        await FailsAsync(service, $"The data folder {Path.Combine(file, "data")} cannot be written to by user '{Environment.UserName}'");
    }

    [Fact]
    public async Task Start_NoPostgresPrograms_NamesThePackage()
    {
        await using var service = ServiceProcess.Start(
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("DATA_DIR", folder.Path), ("Service__Role", "api"), ("PG_BIN", folder.Path));

        await FailsAsync(service, "apt-get install postgresql");
    }

    [Fact]
    public async Task Start_PortInUse_FailsAndStopsTheDatabase()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var service = ServiceProcess.Start(("PORT", $"{port}"), ("DATA_DIR", folder.Path), ("Service__Role", "api"));

        await FailsAsync(service, $"{port}");
        Assert.False(File.Exists(folder.File("postgres", "cluster", "postmaster.pid")));
    }

    [Theory]
    [InlineData("Service__Role", "everything", "Service:Role is 'everything'")]
    [InlineData("PORT", "many", "PORT is 'many'")]
    [InlineData("ConnectionStrings__Postgres", "nonsense", "is not a connection string")]
    public async Task Start_InvalidSetting_NamesIt(string name, string value, string message)
    {
        await using var service = ServiceProcess.Start(("DATA_DIR", folder.Path), (name, value));

        await FailsAsync(service, message);
    }

    public void Dispose() => folder.Dispose();

    private ServiceProcess Start() => ServiceProcess.Start(
        ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("DATA_DIR", folder.Path), ("Service__Role", "api"));

    private static async Task FailsAsync(ServiceProcess service, string message)
    {
        Assert.Equal(1, await service.WaitForExitAsync());
        var line = Assert.Single(service.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("trainyard: ", line, StringComparison.Ordinal);
        Assert.Contains(message, line, StringComparison.Ordinal);
    }
}

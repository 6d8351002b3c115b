using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Trainyard.Service.Tests.Http;

/// <summary>The command <c>health</c> asks the service that has the same settings.</summary>
[Trait("Needs", "database")]
public sealed class HealthProbeTests(DatabaseServer server) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly int port = FreePort();

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task Probe_OfThePort_IsAnswered() => AssertAnsweredAsync(("PORT", $"{port}"));

    [Fact]
    public Task Probe_OfEveryInterface_IsAnswered() => AssertAnsweredAsync(("ASPNETCORE_URLS", $"http://+:{port}"), ("Access__Authentication", "tokens"));

    // As in a container, whose image names other addresses.
    [Fact]
    public async Task Probe_OfKestrelsEndpointWithACertificateForAnotherName_IsAnswered()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=train.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await File.WriteAllBytesAsync(folder.File("train.pfx"), certificate.Export(X509ContentType.Pfx, "secret"), TestContext.Current.CancellationToken);

        await AssertAnsweredAsync(
            ("ASPNETCORE_URLS", "http://+:1"), ("Access__Authentication", "tokens"), ("Kestrel__Endpoints__Https__Url", $"https://*:{port}"),
            ("Kestrel__Endpoints__Https__Certificate__Path", folder.File("train.pfx")), ("Kestrel__Endpoints__Https__Certificate__Password", "secret"));
    }

    [Fact]
    public async Task Probe_OfAServiceThatIsNotReady_Fails()
    {
        var settings = await SettingsAsync(("PORT", $"{port}"), ("Service__Role", "worker"), ("Trainer__Path", "/nowhere/trainer"));
        await using var service = ServiceProcess.Start(settings);

        await WaitAsync(service, settings, (1, "trainyard: not ready, status 503"));
    }

    private async Task AssertAnsweredAsync(params (string Name, string Value)[] settings)
    {
        settings = await SettingsAsync([("Service__Role", "api"), .. settings]);
        Assert.StartsWith("trainyard: no response: ", (await ProbeAsync(settings)).Errors, StringComparison.Ordinal);
        await using var service = ServiceProcess.Start(settings);

        await WaitAsync(service, settings, (0, ""));
    }

    private async Task<(string Name, string Value)[]> SettingsAsync(params (string Name, string Value)[] settings) =>
        [("DATA_DIR", folder.Path), ("ConnectionStrings__Postgres", await server.CreateDatabaseAsync()), .. settings];

    private static async Task WaitAsync(ServiceProcess service, (string Name, string Value)[] settings, (int, string) expected)
    {
        var last = (0, "nothing");
        await Waiting.UntilAsync(
            async () => (last = await ProbeAsync(settings)) == expected, Waiting.Soon, () => Task.FromResult($"{expected}, but {last}; {service.Errors} {service.Output}"));
    }

    private static async Task<(int Status, string Errors)> ProbeAsync((string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Trainyard.Service"), ["health"]);
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        await using var probe = BackgroundProcess.Start(start);
        return (await probe.WaitForExitAsync(), probe.Errors.Trim());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

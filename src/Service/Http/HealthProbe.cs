using Trainyard.Service.Hosting;

namespace Trainyard.Service.Http;

/// <summary>The command <c>Trainyard.Service health</c>: checks the readiness of the service on this machine, for containers without curl.</summary>
internal static class HealthProbe
{
    public const string Command = "health";

    // Returns 0 when the service is ready, else 1.
    public static async Task<int> RunAsync()
    {
        try
        {
            var address = Address();
            using var handler = new SocketsHttpHandler { UseProxy = false };
            if (address.IsLoopback)
            {
#pragma warning disable CA5359 // It asks this machine, and the certificate is for the name under which people reach the service.
                handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
            }

            using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(4) };
            using var response = await http.GetAsync(new Uri(address, "/health/ready"));
            if (response.IsSuccessStatusCode)
            {
                return 0;
            }

            await Console.Error.WriteLineAsync($"trainyard: not ready, status {(int)response.StatusCode}");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or StartupException)
        {
            await Console.Error.WriteLineAsync($"trainyard: no response: {exception.Message}");
        }

        return 1;
    }

    // The first address that the service listens on, seen from this machine.
    private static Uri Address()
    {
        var configuration = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }).Configuration;
        if (ServiceHost.LoopbackAddress(configuration) is { } loopback)
        {
            return new Uri(loopback);
        }

        var address = ListenAddresses.Read(configuration).FirstOrDefault(address => !address.IsUnixPipe && !address.IsNamedPipe)
            ?? throw new StartupException("the settings name no address with a port.");
        return new UriBuilder(address.Scheme, address.IsEveryInterface() ? "127.0.0.1" : address.Host, address.Port).Uri;
    }
}

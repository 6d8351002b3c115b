using Trainyard.Service.Hosting;

namespace Trainyard.Service.Http;

/// <summary>The command <c>Trainyard.Service health</c>: checks the readiness of the service on this machine, for containers without curl.</summary>
internal static class HealthProbe
{
    public const string Command = "health";

    // Returns 0 when the service is ready, else 1.
    public static async Task<int> RunAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(4) };
        try
        {
            using var response = await http.GetAsync(new Uri(Address(), "/health/ready"));
            if (response.IsSuccessStatusCode)
            {
                return 0;
            }

            await Console.Error.WriteLineAsync($"trainyard: not ready, status {(int)response.StatusCode}");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"trainyard: no response: {exception.Message}");
        }

        return 1;
    }

    // The first address that the service listens on, seen from this machine: +, * and 0.0.0.0 mean every interface.
    private static Uri Address()
    {
        var configuration = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }).Configuration;
        var address = ServiceHost.LoopbackAddress(configuration) ?? configuration[WebHostDefaults.ServerUrlsKey]
            ?? $"http://127.0.0.1:{configuration[WebHostDefaults.HttpPortsKey]}";
        return new Uri(address.Split(';')[0].Replace("//+", "//127.0.0.1", StringComparison.Ordinal).Replace("//*", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal));
    }
}

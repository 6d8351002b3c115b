using Trainyard.Service.Hosting;

namespace Trainyard.Service.Http;

/// <summary>The command <c>Trainyard.Service health</c>: asks the service of this machine whether it is ready, for containers without curl.</summary>
internal static class HealthProbe
{
    /// <summary>Name of the command.</summary>
    public const string Command = "health";

    /// <summary>Asks once.</summary>
    /// <returns>0 when the service is ready, else 1.</returns>
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
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"trainyard: no answer: {problem.Message}");
        }

        return 1;
    }

    // The first address that the service listens on, seen from this machine: + and * mean every interface.
    private static Uri Address()
    {
        var urls = Environment.GetEnvironmentVariable("ASPNETCORE_URLS");
        return string.IsNullOrEmpty(urls)
            ? new Uri($"http://127.0.0.1:{Environment.GetEnvironmentVariable("PORT") ?? $"{ServiceHost.DefaultPort}"}")
            : new Uri(urls.Split(';')[0].Replace("//+", "//127.0.0.1", StringComparison.Ordinal).Replace("//*", "//127.0.0.1", StringComparison.Ordinal)
                .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal));
    }
}

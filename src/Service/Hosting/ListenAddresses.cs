using System.Net;

namespace Trainyard.Service.Hosting;

/// <summary>The addresses on which the service is going to listen, from the settings that Kestrel reads them from.</summary>
internal static class ListenAddresses
{
    // Kestrel's endpoints first: where there are any, it does not listen on the others.
    public static IReadOnlyList<BindingAddress> Read(IConfiguration configuration)
    {
        var urls = List(configuration[WebHostDefaults.ServerUrlsKey]);
        string[] others = urls.Length > 0
            ? urls
            :
            [
                .. List(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"),
                .. List(configuration[WebHostDefaults.HttpsPortsKey]).Select(port => $"https://*:{port}"),
            ];
        return [.. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().Concat(others).Select(Parse)];
    }

    /// <summary>Whether only programs on this machine reach the address.</summary>
    public static bool IsLocal(this BindingAddress address) => address.IsUnixPipe || address.IsNamedPipe
        || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    // Kestrel listens on every interface for 0.0.0.0, [::], and all names but localhost.
    public static bool IsEveryInterface(this BindingAddress address) =>
        !address.IsLocal() && (!IPAddress.TryParse(address.Host, out var ip) || ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));

    private static string[] List(string? text) => (text ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static BindingAddress Parse(string address)
    {
        try
        {
            return BindingAddress.Parse(address);
        }
        catch (FormatException exception)
        {
            throw new StartupException($"'{address}' is not an address to listen on; write it as http://127.0.0.1:5080.", exception);
        }
    }
}

using System.Net;
using Microsoft.Extensions.Primitives;
using Trainyard.Service.Hosting;
using Trainyard.Service.Http;

namespace Trainyard.Service.Access;

// Serves only the host names that the service is expected under. A page of another site can give its own name the address of this machine (DNS rebinding); the
// browser then takes the service for part of that site, but still sends the site's name. ASP.NET Core's host filtering compares with the same method; it
// cannot allow every IP address, and its answer is an HTML page that names no setting.
internal sealed class HostFilter
{
    private readonly List<StringSegment> names = ["localhost", "127.0.0.1", "[::1]"];

    // An IP address in place of a name cannot be rebound. Which ones lead here is not known inside a container.
    private readonly bool everyIpAddress;

    // more: Names from the setting AllowedHosts, separated by semicolons; *.lab.example for all names below lab.example, * for every name.
    public HostFilter(IReadOnlyList<BindingAddress> addresses, string? more)
    {
        names.AddRange(addresses.Where(address => !address.IsUnixPipe && !address.IsNamedPipe).Select(address => (StringSegment)address.Host)
            .Where(host => host != "*" && host != "+"));
        names.AddRange((more ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => (StringSegment)name));
        everyIpAddress = addresses.Any(address => address.IsEveryInterface());
        if (everyIpAddress)
        {
            names.Add(Environment.MachineName);
        }
    }

    public bool Serves(HostString host) => host.HasValue
        && (HostString.MatchesAny(host.Value, names) || (everyIpAddress && IPAddress.TryParse(host.Host, out _)));

    public static Task RefuseAsync(HttpContext context) => Problem.Create(
        StatusCodes.Status421MisdirectedRequest,
        "unknown-host",
        "This host name is not served here.",
        $"The header Host is '{context.Request.Host}'. If people are meant to reach the service under this name, add it to the setting AllowedHosts.").ExecuteAsync(context);
}

using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;

namespace Trainyard.Service.Access;

// Rejects what a page of another site could make a visitor's browser send: requests that change something, and web sockets. Reads are protected by the
// browser's same-origin policy.
internal static class CrossSiteRequests
{
    // SignalR and Hangfire's dashboard have media types of their own.
    private static readonly string[] OtherBodies = ["/hubs", "/hangfire"];

    public static ProblemHttpResult? Refuse(HttpRequest request)
    {
        if (!Changes(request.Method) && !request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (request.Headers.Origin is { Count: > 0 } origin && !IsSameOrigin(origin.ToString(), request))
        {
            return Foreign(
                $"The request comes from a page of {origin}, and goes to {request.Host}. If they are the same site behind a proxy, the proxy must pass the header Host on.");
        }

        // Browsers set Sec-Fetch-Site on secure and loopback addresses; programs send none.
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
        {
            return Foreign("The browser reports (Sec-Fetch-Site) that a page of another site sent this request.");
        }

        return Changes(request.Method) && !HasExpectedBody(request) ? Problem.FromStatus(StatusCodes.Status415UnsupportedMediaType, request) : null;
    }

    private static bool Changes(string method) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method));

    // A proxy may speak HTTPS to the browser and HTTP to the service.
    private static bool IsSameOrigin(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && (page.Scheme == Uri.UriSchemeHttps || (page.Scheme == Uri.UriSchemeHttp && !request.IsHttps))
        && page.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && page.Port == (request.Host.Port ?? (page.Scheme == Uri.UriSchemeHttps ? 443 : 80));

    // A form cannot send JSON, and a script of another site only after a preflight, which this service never allows.
    private static bool HasExpectedBody(HttpRequest request)
    {
        if (Array.Exists(OtherBodies, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        if (string.IsNullOrEmpty(request.ContentType))
        {
            return request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true };
        }

        return JsonBodies.IsJsonInUtf8(request);
    }

    private static ProblemHttpResult Foreign(string detail) =>
        Problem.Create(StatusCodes.Status403Forbidden, "cross-site", "Cross-site requests are rejected.", detail);
}

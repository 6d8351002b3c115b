namespace Trainyard.Service.Http;

// Security headers, and the rejection of cross-site requests: there is no login, so that a page of another site must not use the API through a visitor's
// browser.
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // Tools with pages of their own that contain inline scripts.
    private static readonly string[] ToolPaths = ["/swagger", "/hangfire"];
    private static readonly string ToolPolicy = Policy.Replace("script-src 'self'", "script-src 'self' 'unsafe-inline'", StringComparison.Ordinal);

    /// <summary>Sets the headers of every response, and rejects cross-site requests that change something.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use(async (context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Array.Exists(ToolPaths, tool => context.Request.Path.StartsWithSegments(tool, StringComparison.OrdinalIgnoreCase)) ? ToolPolicy : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        if (IsCrossSite(context.Request))
        {
            await Problem.Create(
                StatusCodes.Status403Forbidden, "cross-site", "Cross-site requests are rejected.",
                "The browser reports (Sec-Fetch-Site) that a page of another site sent this request.").ExecuteAsync(context);
            return;
        }

        await next(context);
    });

    // Browsers set Sec-Fetch-Site; programs send none. Reads are protected by the same-origin policy, which does not cover web sockets.
    private static bool IsCrossSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
        && (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            || request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase));
}

namespace Trainyard.Service.Http;

/// <summary>What browsers are told, and what is refused from other sites. There is no login: the browser of a visitor must not become a way in.</summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // Tools that bring pages of their own, with scripts inside them.
    private static readonly string[] ToolPaths = ["/swagger", "/hangfire"];
    private static readonly string ToolPolicy = Policy.Replace("script-src 'self'", "script-src 'self' 'unsafe-inline'", StringComparison.Ordinal);

    /// <summary>Sets the headers of every answer, and refuses changes that another site's page asks for.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use(async (context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Array.Exists(ToolPaths, tool => context.Request.Path.StartsWithSegments(tool, StringComparison.OrdinalIgnoreCase)) ? ToolPolicy : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        if (IsFromAnotherSite(context.Request))
        {
            await Problem.Of(
                StatusCodes.Status403Forbidden, "cross-site", "Pages of other sites may not do this.",
                "The browser says that a page of another site sent this request.").ExecuteAsync(context);
            return;
        }

        await next(context);
    });

    // Browsers set Sec-Fetch-Site themselves; programs send none. Reading is left to the same-origin policy, but it does not cover web sockets.
    private static bool IsFromAnotherSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
        && (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            || request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase));
}

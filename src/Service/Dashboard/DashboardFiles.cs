using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;
using Trainyard.Service.Http;

namespace Trainyard.Service.Dashboard;

/// <summary>Serves the dashboard's files, if they were built.</summary>
internal static class DashboardFiles
{
    private const string Index = "index.html";

    private const string Hint =
        """
        This is Trainyard without its dashboard: src/Service/wwwroot holds no index.html.
        To build it: npm ci --prefix src/Dashboard && npm run build --prefix src/Dashboard, then start the service again (./run.sh does all of this).
        The REST API is described at /swagger.

        """;

    // Paths of the API and of tools: an unknown one is 404, not a page.
    private static readonly string[] ApiPaths = ["/api", "/hubs", "/health", "/swagger", "/hangfire", "/problems"];

    public static void AddDashboard(this WebApplicationBuilder builder) =>
        builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true);

    /// <summary>Serves files, the index page for every route of the dashboard, and a hint when there is no dashboard. Anyone may have them: they contain no data.</summary>
    public static void UseDashboard(this WebApplication app)
    {
        if (FindFolder(app.Configuration) is not { } folder)
        {
            app.MapGet("/", () => TypedResults.Text(Hint)).ExcludeFromDescription().WithHead().AllowAnonymous();
            return;
        }

        var files = new PhysicalFileProvider(folder);
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = file => SetCaching(file.Context) });
        // Not an endpoint: a catch-all route would hide 405 Method Not Allowed.
        app.Use((context, next) => IsDashboardRoute(context) ? ServeIndexAsync(context, files.GetFileInfo(Index)) : next(context));
    }

    // The configured folder, else the one beside a published program, else the one in the source tree of the build.
    private static string? FindFolder(IConfiguration configuration) => new[]
    {
        configuration[WebHostDefaults.WebRootKey] ?? "",
        Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "src", "Service", "wwwroot")),
    }.FirstOrDefault(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, Index)));

    private static bool IsDashboardRoute(HttpContext context) =>
        context.GetEndpoint() is null
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && !Path.HasExtension(context.Request.Path)
        && !Array.Exists(ApiPaths, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    private static Task ServeIndexAsync(HttpContext context, IFileInfo index)
    {
        SetCaching(context);
        return TypedResults.PhysicalFile(index.PhysicalPath!, "text/html; charset=utf-8", lastModified: index.LastModified).ExecuteAsync(context);
    }

    // Vite puts a hash of the content into the names of all files in assets/.
    private static void SetCaching(HttpContext context) => context.Response.GetTypedHeaders().CacheControl =
        context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)
            ? new CacheControlHeaderValue { Public = true, MaxAge = TimeSpan.FromDays(365), Extensions = { new NameValueHeaderValue("immutable") } }
            : new CacheControlHeaderValue { NoCache = true };
}

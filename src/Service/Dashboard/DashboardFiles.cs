using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Trainyard.Service.Dashboard;

/// <summary>Serves the dashboard's files, when they were built.</summary>
internal static class DashboardFiles
{
    private const string Index = "index.html";

    private const string Hint =
        """
        This is Trainyard without its dashboard: src/Service/wwwroot holds no index.html.
        To build it: npm ci --prefix src/Dashboard && npm run build --prefix src/Dashboard, then start the service again (./run.sh does all of this).
        The REST API is described at /swagger.

        """;

    // Addresses that belong to programs: an unknown one is 404, not a page.
    private static readonly string[] ProgramPaths = ["/api", "/hubs", "/health", "/swagger", "/hangfire", "/problems"];

    /// <summary>Compresses what is text.</summary>
    public static void AddDashboard(this WebApplicationBuilder builder) =>
        builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true);

    /// <summary>Serves files, the page for every address of the page's own, and a hint when there is no dashboard.</summary>
    public static void MapDashboard(this WebApplication app)
    {
        if (FindFolder(app.Configuration) is not { } folder)
        {
            app.MapGet("/", () => TypedResults.Text(Hint)).ExcludeFromDescription();
            return;
        }

        var files = new PhysicalFileProvider(folder);
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = file => SetCaching(file.Context) });
        // Not an endpoint: one that takes every address and method would keep 405 from being answered.
        app.Use((context, next) => IsPage(context) ? ShowPageAsync(context, files.GetFileInfo(Index)) : next(context));
    }

    // The folder that is named, else the one beside a published program, else the one in the source tree that the program was built in.
    private static string? FindFolder(IConfiguration configuration) => new[]
    {
        configuration[WebHostDefaults.WebRootKey] ?? "",
        Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "src", "Service", "wwwroot")),
    }.FirstOrDefault(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, Index)));

    private static bool IsPage(HttpContext context) =>
        context.GetEndpoint() is null
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && !Path.HasExtension(context.Request.Path)
        && !Array.Exists(ProgramPaths, program => context.Request.Path.StartsWithSegments(program, StringComparison.OrdinalIgnoreCase));

    private static Task ShowPageAsync(HttpContext context, IFileInfo index)
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

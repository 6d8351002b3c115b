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

    /// <summary>
    /// The folder of the built dashboard: beside the program when it was published, in the source tree when it was built there; null: none.
    /// </summary>
    public static string? FindFolder() => new[]
    {
        Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "src", "Service", "wwwroot")),
    }.FirstOrDefault(folder => File.Exists(Path.Combine(folder, Index)));

    /// <summary>Compresses what is text.</summary>
    public static void AddDashboard(this WebApplicationBuilder builder) =>
        builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true);

    /// <summary>Serves files, the page for every address of the page's own, and a hint when there is no dashboard.</summary>
    public static void MapDashboard(this WebApplication app)
    {
        if (FindFolder() is not { } folder)
        {
            app.MapGet("/", () => TypedResults.Text(Hint)).ExcludeFromDescription();
            return;
        }

        var files = new PhysicalFileProvider(folder);
        var options = new StaticFileOptions { FileProvider = files, OnPrepareResponse = file => SetCaching(file.Context) };
        app.UseStaticFiles(options);
        app.MapFallback((HttpContext context) => ShowPageAsync(context, files)).ExcludeFromDescription();
    }

    // Vite puts a hash of the content into the names of all files in assets/.
    private static void SetCaching(HttpContext context) => context.Response.GetTypedHeaders().CacheControl =
        context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)
            ? new CacheControlHeaderValue { Public = true, MaxAge = TimeSpan.FromDays(365), Extensions = { new NameValueHeaderValue("immutable") } }
            : new CacheControlHeaderValue { NoCache = true };

    private static IResult ShowPageAsync(HttpContext context, PhysicalFileProvider files)
    {
        var path = context.Request.Path;
        if (!(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            || Array.Exists(ProgramPaths, program => path.StartsWithSegments(program, StringComparison.OrdinalIgnoreCase))
            || Path.HasExtension(path))
        {
            return TypedResults.NotFound();
        }

        SetCaching(context);
        var index = files.GetFileInfo(Index);
        return TypedResults.PhysicalFile(index.PhysicalPath!, "text/html; charset=utf-8", lastModified: index.LastModified);
    }
}

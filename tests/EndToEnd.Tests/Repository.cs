using System.Reflection;

namespace Trainyard.EndToEnd.Tests;

/// <summary>Where the source tree and the built programs are.</summary>
internal static class Repository
{
    /// <summary>Absolute path of the root folder.</summary>
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The service of the same configuration as these tests: artifacts/bin/Service/release beside artifacts/bin/EndToEnd.Tests/release.</summary>
    public static string ServiceProgram { get; } = Require(
        Path.GetFullPath(Path.Combine(
            AppContext.BaseDirectory, "..", "..", "Service", new DirectoryInfo(AppContext.BaseDirectory).Name, "Trainyard.Service")),
        "dotnet build src/Service");

    /// <summary>The accessibility checker's script, from the dashboard's packages.</summary>
    public static string AxeScript => Require(PathOf("src", "Dashboard", "node_modules", "axe-core", "axe.min.js"), "npm ci --prefix src/Dashboard");

    /// <summary>Fails when the dashboard is not built: the service would serve a hint instead of pages.</summary>
    public static void RequireDashboard() => Require(
        PathOf("src", "Service", "wwwroot", "index.html"), "npm ci --prefix src/Dashboard && npm run build --prefix src/Dashboard");

    private static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Require(string path, string command) =>
        File.Exists(path) ? path : throw new InvalidOperationException($"There is no {path}. To make it: {command}");
}

using System.Reflection;

namespace Trainyard.Tests;

/// <summary>Where the source tree and the built programs are.</summary>
public static class Repository
{
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;

    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The service, in the configuration of these tests.</summary>
    public static string Service => Require(Built("Service", "Trainyard.Service"), "dotnet build src/Service");

    public static string Trainer => Require(Built("Trainer", "trainer"), "dotnet build src/Trainer");

    /// <summary>The trainer that breaks the protocol on request.</summary>
    public static string FaultyTrainer => Require(Built("FaultyTrainer", "faulty-trainer"), "dotnet build tests/FaultyTrainer");

    /// <summary>The accessibility checker's script, from the dashboard's packages.</summary>
    public static string AxeScript => Require(PathOf("src", "Dashboard", "node_modules", "axe-core", "axe.min.js"), "npm ci --prefix src/Dashboard");

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Fails when the dashboard is not built: the service would serve a hint instead of pages.</summary>
    public static void RequireDashboard() => Require(
        PathOf("src", "Service", "wwwroot", "index.html"), "npm ci --prefix src/Dashboard && npm run build --prefix src/Dashboard");

    // artifacts/bin/Service/release beside artifacts/bin/EndToEnd.Tests/release.
    private static string Built(string project, string program) => PathOf("artifacts", "bin", project, Configuration, program);

    private static string Require(string path, string command) =>
        File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing. To make it: {command}", path);
}

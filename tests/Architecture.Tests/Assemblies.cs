namespace Trainyard.Architecture.Tests;

/// <summary>The built assemblies, in the configuration of these tests.</summary>
internal static class Assemblies
{
    /// <summary>Path of a project's assembly: artifacts/bin/Service/release/Trainyard.Service.dll beside artifacts/bin/Architecture.Tests/release.</summary>
    public static string PathOf(string project)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory);
        var name = project == "Trainer" ? "trainer" : $"Trainyard.{project}";
        return Path.Combine(configuration.Parent!.Parent!.FullName, project, configuration.Name, name + ".dll");
    }
}

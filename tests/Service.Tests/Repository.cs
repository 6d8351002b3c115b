using System.Reflection;

namespace Trainyard.Service.Tests;

/// <summary>Where this source tree is.</summary>
internal static class Repository
{
    /// <summary>Absolute path of the root folder.</summary>
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>Absolute path of a file or folder.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);
}

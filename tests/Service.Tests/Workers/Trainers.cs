namespace Trainyard.Service.Tests.Workers;

/// <summary>Trainers that tests start.</summary>
internal static class Trainers
{
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;

    /// <summary>The real one.</summary>
    /// <exception cref="FileNotFoundException">It is not built.</exception>
    public static string Real => Require(Repository.PathOf("artifacts", "bin", "Trainer", Configuration, "trainer"), "dotnet build src/Trainer");

    /// <summary>The one that breaks the protocol on request.</summary>
    public static string Faulty => Require(Repository.PathOf("artifacts", "bin", "FaultyTrainer", Configuration, "faulty-trainer"), "dotnet build tests/FaultyTrainer");

    private static string Require(string path, string command) =>
        File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing. Build it: {command}", path);
}

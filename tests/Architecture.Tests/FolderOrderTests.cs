using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Trainyard.Architecture.Tests;

/// <summary>Folders depend on each other in one direction: that of docs/architecture.md.</summary>
public sealed partial class FolderOrderTests
{
    [Theory]
    [InlineData("Specs")]
    [InlineData("Studies")]
    [InlineData("Trainer")]
    [InlineData("Service")]
    public void Folders_OfAProject_UseOnlyFoldersBelowThem(string project)
    {
        var rows = DocumentedOrder(project);
        using var module = ModuleDefinition.ReadModule(Assemblies.PathOf(project));

        var against = TypeUses.In(module)
            .Select(use => (User: Name(use.User), Used: Name(use.Used), From: Folder(use.User, project), To: Folder(use.Used, project)))
            .Where(use => use.From is not null && use.To is not null && use.From != use.To && rows[use.From] >= rows[use.To])
            .Select(use => $"{use.From} -> {use.To}: {use.User} uses {use.Used}")
            .Distinct().Order(StringComparer.Ordinal).ToArray();

        Assert.True(against.Length == 0, string.Join('\n', against));
    }

    [Theory]
    [InlineData("Specs")]
    [InlineData("Studies")]
    [InlineData("Trainer")]
    [InlineData("Service")]
    public void DocumentedOrder_NamesEveryFolderOnce(string project)
    {
        using var module = ModuleDefinition.ReadModule(Assemblies.PathOf(project));

        var folders = module.Types.Select(type => Folder(type, project)).OfType<string>().Distinct();

        Assert.Equal(folders.Order(StringComparer.Ordinal), DocumentedOrder(project).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Specs", new[] { "ADRaffy.ENSNormalize" })]
    [InlineData("Studies", new[] { "Trainyard.Specs", "MathNet.Numerics", "YamlDotNet" })]
    [InlineData("Trainer", new[] { "Trainyard.Specs", "TorchSharp", "System.CommandLine" })]
    public void Project_ReferencesOnlyWhatItMay(string project, string[] allowed)
    {
        using var module = ModuleDefinition.ReadModule(Assemblies.PathOf(project));

        Assert.All(
            module.AssemblyReferences.Select(reference => reference.Name).Where(name => !allowed.Contains(name)),
            name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Service_NeitherTrainerNorEngine_IsReferenced()
    {
        using var module = ModuleDefinition.ReadModule(Assemblies.PathOf("Service"));

        Assert.DoesNotContain(module.AssemblyReferences, reference => reference.Name is "TorchSharp" or "trainer");
    }

    // A block "```text Service" with a row of folders a line, top to bottom; a folder may use those of the rows below its own.
    private static Dictionary<string, int> DocumentedOrder(string project)
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "architecture.md"));
        var block = OrderBlock().Matches(page).Single(match => match.Groups["project"].Value == project).Groups["rows"].Value;
        return block.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany((row, index) => row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(folder => (folder, index)))
            .ToDictionary(entry => entry.folder, entry => entry.index, StringComparer.Ordinal);
    }

    // The folder below the project's own; null for files of the project's root (Program.cs) and for what the compiler makes.
    private static string? Folder(TypeDefinition type, string project) =>
        type.Namespace.StartsWith($"Trainyard.{project}.", StringComparison.Ordinal) ? type.Namespace.Split('.')[2] : null;

    private static string Name(TypeDefinition type) => type.FullName.Replace("Trainyard.", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^```text (?<project>\w+)\n(?<rows>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OrderBlock();
}

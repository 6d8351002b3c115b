using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Trainyard.Architecture.Tests;

/// <summary>An image is built from parts of the source tree: the stages of the Dockerfile must have copied what their builds read.</summary>
public sealed partial class ImageTests
{
    // The source tree in the stages that build.
    private const string Root = "/source/";

    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(Repository.PathOf("src")).SelectMany(folder => Directory.GetFiles(folder, "*.csproj")).Select(FromRoot).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void BuildStage_BeforeItPublishes_HasWhatAProjectReads(string project)
    {
        var folder = Repository.PathOf(Path.GetDirectoryName(project)!);
        var outside = XDocument.Load(Repository.PathOf(project)).Descendants().Attributes()
            .Where(attribute => attribute.Name.LocalName is "Include" or "Project")
            .SelectMany(attribute => attribute.Value.Split(';'))
            .Where(path => path.StartsWith("../", StringComparison.Ordinal))
            .Select(path => FromRoot(Path.GetFullPath(Path.Combine(folder, path))));

        AssertCopied([FromRoot(folder) + "/", .. outside], Copied("build", "RUN dotnet publish"));
    }

    [Fact]
    public void DashboardStage_BeforeItBuilds_HasWhatThePageImports()
    {
        var folder = Repository.PathOf("src", "Dashboard", "src");
        var outside = Directory.GetFiles(folder, "*.ts*", SearchOption.AllDirectories)
            .SelectMany(file => Import().Matches(File.ReadAllText(file)).Select(import => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, import.Groups["path"].Value))))
            .Where(path => !path.StartsWith(folder, StringComparison.Ordinal))
            .Select(FromRoot).ToList();

        Assert.NotEmpty(outside);
        AssertCopied([FromRoot(folder) + "/", .. outside], Copied("dashboard", "RUN npm run build"));
    }

    [Theory]
    [InlineData("lessons/xor/lesson.json", "lessons/")]
    [InlineData("migrations/V0001__runs.sql", "migrations.")]
    [Trait("Needs", "process")]
    public async Task Build_WithoutFilesToEmbed_FailsAndNamesThem(string missing, string name)
    {
        using var tree = new TemporaryFolder();
        string[] files =
        [
            "global.json", "Directory.Build.props", "Directory.Packages.props", "src/Service/Service.csproj", "src/Service/Export/TorchSharp/program.cs.txt",
            "src/Service/Export/PyTorch/settings.py.txt", "src/Service/Http/ResponseExamples/Session.json", "examples/xor.json", "examples/studies/xor-optimizers.json",
            "lessons/xor/lesson.json", "migrations/V0001__runs.sql",
        ];
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(tree.File(file))!);
            File.Copy(Repository.PathOf(file), tree.File(file));
        }

        Assert.Equal((0, ""), await CheckAsync(tree));
        File.Delete(tree.File(missing));
        var (status, output) = await CheckAsync(tree);
        Assert.NotEqual(0, status);
        Assert.Contains($"There is no file to embed as {name}*", output, StringComparison.Ordinal);
    }

    // What a build of the service checks first; the exit status, and what it wrote.
    private static async Task<(int Status, string Output)> CheckAsync(TemporaryFolder tree)
    {
        await using var build = BackgroundProcess.Start(new ProcessStartInfo("dotnet", ["msbuild", tree.File("src/Service/Service.csproj"), "-target:RequireEmbeddedFiles", "-nologo", "-verbosity:quiet"]));
        return (await build.WaitForExitAsync(), build.Output.Trim());
    }

    private static string FromRoot(string path) => Path.GetRelativePath(Repository.Root, path);

    // Folders, with a slash at their end, and files that a stage has copied to their place of the source tree before a command.
    private static List<string> Copied(string stage, string before)
    {
        var lines = File.ReadLines(Repository.PathOf("Dockerfile")).SkipWhile(line => !line.EndsWith($" AS {stage}", StringComparison.Ordinal))
            .TakeWhile(line => !line.StartsWith(before, StringComparison.Ordinal)).Select(line => line.Split(' ')).ToList();
        var current = lines.Single(line => line[0] == "WORKDIR")[1];
        return
        [
            .. lines.Where(line => line[0] == "COPY")
                .SelectMany(line => line[1..^1].Where(source => Root + source == Path.GetFullPath(Path.Combine(current, TargetOf(source, line[^1]))))),
        ];
    }

    private static string TargetOf(string source, string target) => target.EndsWith('/') && !source.EndsWith('/') ? target + Path.GetFileName(source) : target;

    private static void AssertCopied(IEnumerable<string> paths, List<string> copied) =>
        Assert.All(paths, path => Assert.Contains(copied, source => path == source || (source.EndsWith('/') && path.StartsWith(source, StringComparison.Ordinal))));

    [GeneratedRegex(@"(from |import\(|glob[^(]*\()'(?<path>\.\./[^']*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Import();
}

using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Trainyard.Architecture.Tests;

/// <summary>The files of Docker Compose, as far as can be said without it. All their paths start at the folder of docker-compose.yml, the first file.</summary>
public sealed class ComposeTests
{
    private const string First = "docker-compose.yml";
    private const string WithGpu = "deploy/docker-compose.gpu.yml";

    [Theory]
    [InlineData(First)]
    [InlineData(WithGpu)]
    public void Services_OfAFile_NameFilesAndStagesThatExist(string file)
    {
        foreach (var service in Read(file).Values)
        {
            Assert.True(service.Extends is not { } extends || Read(extends.File).ContainsKey(extends.Service));
            if (service.Build is { Context: { } context } build)
            {
                var dockerfile = File.ReadAllLines(Repository.PathOf(context, "Dockerfile"));
                Assert.Contains(dockerfile, line => line.EndsWith($" AS {build.Target}", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Images_OfAllFiles_AreEachBuiltByOneService()
    {
        var services = new[] { First, WithGpu }.SelectMany(file => Read(file)).Where(service => service.Key != "postgres").Select(service => service.Value).ToList();

        Assert.All(services, service => Assert.Single(services, other => other.Image == service.Image && other.Build is not null));
    }

    [Fact]
    public void Api_HasTheImageWithTheTrainer()
    {
        var services = Read(First);

        Assert.Equal(("api", "worker"), (services["api"].Environment["Service__Role"], services["worker"].Environment["Service__Role"]));
        Assert.Equal((services["worker"].Image, "worker"), (services["api"].Image, services["api"].Build?.Target));
    }

    private static Dictionary<string, Service> Read(string file)
    {
        using var text = File.OpenText(Repository.PathOf(file));
        return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).IgnoreUnmatchedProperties().Build()
            .Deserialize<ComposeFile>(new MergingParser(new Parser(text))).Services;
    }

    private sealed class ComposeFile
    {
        public Dictionary<string, Service> Services { get; set; } = [];
    }

    private sealed class Service
    {
        public string? Image { get; set; }
        public Extended? Extends { get; set; }
        public Build? Build { get; set; }
        public Dictionary<string, string> Environment { get; set; } = [];
    }

    private sealed class Extended
    {
        public string File { get; set; } = First;
        public string Service { get; set; } = "";
    }

    private sealed class Build
    {
        public string? Context { get; set; }
        public string Target { get; set; } = "";
    }
}

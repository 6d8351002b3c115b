using Trainyard.Specs.Findings;
using Xunit;

namespace Trainyard.Specs.Tests.Json;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("rellu", "relu")]      // one letter too many
    [InlineData("rel", "relu")]        // one too few
    [InlineData("reul", "relu")]       // two that changed places
    [InlineData("Leaky-ReLU", "leaky_relu")]
    [InlineData("sigmiod", "sigmoid")]
    public void Read_MisspeltTechnique_ProposesTheNearestOne(string written, string meant)
    {
        var reading = SpecDocument.Read($$"""{ "data": { "dataset": "xor" }, "model": { "kind": "mlp", "dense": [4], "activation": "{{written}}" } }""");
        var finding = Assert.Single(reading.Findings);
        Assert.Equal(SpecFindingCode.UnknownTechnique, finding.Code);
        Assert.Equal(meant, finding.Arguments["suggested"].GetString());
    }
}

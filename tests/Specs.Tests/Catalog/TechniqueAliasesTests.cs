using System.Text.Json.Nodes;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Validation;
using Xunit;

namespace Trainyard.Specs.Tests.Catalog;

public sealed class TechniqueAliasesTests
{
    [Theory]
    [InlineData("/model/activation", "swish", "Write \"silu\".")]
    [InlineData("/model/activation", "vlrelu", "Write { \"name\": \"leaky_relu\", \"slope\": 0.3333 }.")]
    [InlineData("/model/activation", "very-leaky-ReLU", "Write { \"name\": \"leaky_relu\", \"slope\": 0.3333 }.")]
    [InlineData("/model/activation", "rellu", "Write \"relu\".")]
    [InlineData("/training/optimizer", "gd", "Write \"sgd\" and \"batchSize\": \"full\".")]
    [InlineData("/training/optimizer", "NAG", "Write \"nesterov\".")]
    [InlineData("/model/initialization", "msra", "Write \"he\".")]
    [InlineData("/model/initialization", "kaiming", "Write \"he\".")]
    [InlineData("/model/initialization", "glorot", "Write \"xavier\".")]
    [InlineData("/model/initialization", "glorot_uniform", "Write { \"name\": \"xavier\", \"distribution\": \"uniform\" }.")]
    [InlineData("/model/initialization", "orthonormal", "Write \"orthogonal\".")]
    public void Read_TechniqueAlias_SuggestsCatalogName(string pointer, string name, string fix)
    {
        var finding = Assert.Single(Changed(pointer, name).Findings);
        Assert.Equal((SpecFindingCode.UnknownTechnique, pointer, fix), (finding.Code, finding.Pointer, finding.Fix));
    }

    [Theory]
    [InlineData("/training/optimizer", "gd", "bgd", "gradient_descent", "batch_gradient_descent", "sgdm", "heavy_ball", "nag")]
    [InlineData("/model/activation", "swish", "logistic", "lrelu", "vlrelu", "very_leaky_relu", "linear", "none")]
    [InlineData(
        "/model/initialization", "msra", "kaiming", "kaiming_normal", "kaiming_uniform", "glorot", "glorot_normal", "glorot_uniform", "xavier_normal", "xavier_uniform", "gaussian",
        "orthonormal", "orthonormal_msra")]
    [InlineData("/training/schedule", "reduce_on_plateau", "cosine_annealing")]
    public void Read_SuggestedTechnique_IsValid(string pointer, params string[] names) => Assert.All(names, name =>
    {
        var about = Assert.Single(Changed(pointer, name).Findings).Arguments;
        var choice = JsonNode.Parse(about["parameters"].GetRawText())?.AsObject() ?? [];
        choice["name"] = about["suggested"].GetString();
        var beside = JsonNode.Parse(about["beside"].GetRawText())?.AsObject() ?? [];
        Assert.True(Changed(pointer, choice, beside).IsValid, name);
    });

    private static SpecReading Changed(string pointer, JsonNode value, JsonObject? beside = null) => SpecDocument.ReadChanged(document =>
    {
        var path = pointer.Split('/');
        document[path[1]]![path[2]] = value;
        foreach (var (name, member) in beside ?? [])
        {
            document[path[1]]![name] = member?.DeepClone();
        }
    });
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trainyard.EndToEnd.Tests;

/// <summary>The dashboard's tests know what the catalog explains from a golden file; this holds the file to the service.</summary>
public sealed class CatalogTests(ServiceFixture fixture)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Explanations_OfThisBuild_AreThoseThatTheDashboardTranslates()
    {
        var golden = Path.Combine(Repository.Root, "src", "Dashboard", "src", "testing", "catalog.golden.json");
        var catalog = await fixture.Service.CatalogAsync();
        var served = new JsonObject
        {
            ["techniques"] = new JsonArray([.. catalog.GetProperty("techniques").EnumerateArray().Select(technique => new JsonObject
            {
                ["kind"] = technique.GetProperty("kind").GetString(),
                ["name"] = technique.GetProperty("name").GetString(),
                ["title"] = technique.GetProperty("title").GetString(),
                ["formula"] = technique.GetProperty("formula").GetString(),
                ["source"] = technique.GetProperty("source").GetString(),
                ["explanation"] = technique.GetProperty("explanation").GetString(),
                ["parameters"] = new JsonObject(technique.GetProperty("parameters").EnumerateArray().Select(Explained)),
            })]),
            ["fields"] = new JsonObject(catalog.GetProperty("fields").EnumerateArray().Select(field => KeyValuePair.Create(
                field.GetProperty("pointer").GetString()!, Explained(field.GetProperty("definition")).Value))),
        };
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(golden, served.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n", TestContext.Current.CancellationToken);
        }

        var stored = JsonNode.Parse(await File.ReadAllTextAsync(golden, TestContext.Current.CancellationToken));
        Assert.True(
            JsonNode.DeepEquals(served, stored),
            "The catalog explains something else: run this test with UPDATE_GOLDEN=1, look at the change, and write it in src/Dashboard/src/text/ko/catalog too.");
    }

    private static KeyValuePair<string, JsonNode?> Explained(JsonElement parameter) =>
        KeyValuePair.Create(parameter.GetProperty("name").GetString()!, (JsonNode?)JsonValue.Create(parameter.GetProperty("explanation").GetString()));
}

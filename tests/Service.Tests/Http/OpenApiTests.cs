namespace Trainyard.Service.Tests.Http;

[Trait("Needs", "database")]
public sealed class OpenApiTests(DatabaseServer server)
{
    [Fact]
    public async Task Document_OfThisBuild_IsTheGoldenFile()
    {
        var golden = Repository.PathOf("src", "Service", "openapi.json");
        await using var app = await TestApp.StartAsync(server);
        var served = (await app.Http.GetStringAsync("/swagger/v1/swagger.json", TestContext.Current.CancellationToken)).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(golden, served, TestContext.Current.CancellationToken);
        }

        var stored = await File.ReadAllTextAsync(golden, TestContext.Current.CancellationToken);
        Assert.True(served == stored, "The API changed: look at the change, run this test with UPDATE_GOLDEN=1, and generate the dashboard's types again.");
    }

    [Fact]
    public async Task Document_EveryOperation_HasIdSummaryAndTag()
    {
        await using var app = await TestApp.StartAsync(server);
        var (_, document, _) = await app.Http.GetJsonAsync("/swagger/v1/swagger.json");

        var operations = document!["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!).ToList();

        Assert.All(operations, operation => Assert.All(
            (string[])["operationId", "summary", "tags"], member => Assert.True(operation[member] is not null, $"{member} of {operation.ToJsonString()}")));
        Assert.Equal(operations.Count, operations.Select(operation => operation["operationId"]!.GetValue<string>()).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Document_RunEvent_IsAUnionWithADiscriminator()
    {
        await using var app = await TestApp.StartAsync(server);
        var (_, document, _) = await app.Http.GetJsonAsync("/swagger/v1/swagger.json");
        var schemas = document!["components"]!["schemas"]!;

        var union = schemas["RunEvent"]!;

        Assert.Equal("type", union["discriminator"]!["propertyName"]!.GetValue<string>());
        foreach (var (word, reference) in union["discriminator"]!["mapping"]!.AsObject())
        {
            var schema = schemas[reference!.GetValue<string>().Split('/')[^1]]!;
            Assert.Equal(word, Assert.Single(schema["properties"]!["type"]!["enum"]!.AsArray())!.GetValue<string>());
            Assert.Contains("type", schema["required"]!.AsArray().Select(name => name!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task Page_Swagger_Loads()
    {
        await using var app = await TestApp.StartAsync(server);

        Assert.Contains("swagger-ui", await app.Http.GetStringAsync("/swagger/index.html", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}

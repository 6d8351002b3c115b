using System.Net;
using System.Net.Http.Headers;
using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Tests.SpecChecks;

[Trait("Needs", "database")]
public sealed class CatalogTests(DatabaseServer server)
{
    [Fact]
    public async Task Catalog_Shown_HoldsEveryTechniqueAndField()
    {
        await using var app = await TestApp.StartAsync(server);

        var (_, catalog, _) = await app.Http.GetJsonAsync("/api/v1/catalog");

        Assert.Equal(TechniqueCatalog.All.Select(technique => technique.Name), catalog!["techniques"]!.AsArray().Select(entry => entry!["name"]!.GetValue<string>()));
        Assert.Equal(SpecFields.All.Select(field => field.Pointer), catalog["fields"]!.AsArray().Select(field => field!["pointer"]!.GetValue<string>()));
        var slope = catalog["techniques"]!.AsArray().Single(entry => entry!["name"]!.GetValue<string>() == "leaky_relu")!["parameters"]![0]!;
        Assert.Equal(0.01, slope["default"]!.GetValue<double>());
        Assert.Equal("number", slope["kind"]!.GetValue<string>());
    }

    [Fact]
    public async Task Catalog_AskedAgainWithItsTag_IsNotSentAgain()
    {
        await using var app = await TestApp.StartAsync(server);
        var (_, _, first) = await app.Http.GetJsonAsync("/api/v1/catalog");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/catalog");
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));

        Assert.Equal(HttpStatusCode.NotModified, (await app.Http.AskAsync(request)).Status);
    }
}

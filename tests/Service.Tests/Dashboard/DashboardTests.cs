using System.Net;

namespace Trainyard.Service.Tests.Dashboard;

[Trait("Needs", "database")]
public sealed class DashboardTests(DatabaseServer server) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trainyard-wwwroot-");

    [Theory]
    [InlineData("/")]
    [InlineData("/runs/0199")]
    public async Task Get_DashboardRoute_IsTheIndexPageAndNotCached(string path)
    {
        await using var app = await StartAsync();

        var (status, _, response) = await app.Http.GetJsonAsync(path);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("<p>page</p>", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True(response.Headers.CacheControl!.NoCache);
    }

    [Fact]
    public async Task Get_HashedAsset_IsCachedForever()
    {
        await using var app = await StartAsync();

        var (_, _, response) = await app.Http.GetJsonAsync("/assets/index-abc123.js");

        Assert.Equal(TimeSpan.FromDays(365), response.Headers.CacheControl!.MaxAge);
        Assert.Contains(response.Headers.CacheControl.Extensions, extension => extension.Name == "immutable");
    }

    [Theory]
    [InlineData("GET", "/assets/missing.js", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("POST", "/runs", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/api/v1/runs", HttpStatusCode.MethodNotAllowed)]
    public async Task Send_ApiPath_IsNeverTheIndexPage(string method, string path, HttpStatusCode expected)
    {
        await using var app = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var (status, problem, _) = await app.Http.AskAsync(request);

        Assert.Equal(expected, status);
        Assert.NotNull(problem!["type"]);
    }

    [Fact]
    public async Task Get_Text_IsCompressed()
    {
        await using var app = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/index-abc123.js");
        request.Headers.AcceptEncoding.ParseAdd("br");

        var (_, _, response) = await app.Http.AskAsync(request);

        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<TestApp> StartAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "index.html"), "<p>page</p>");
        folder.CreateSubdirectory("assets");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "assets", "index-abc123.js"), new string(' ', 4000));
        return await TestApp.StartAsync(server, settings: [("webroot", folder.FullName)]);
    }
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Trainyard.Service.Access;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Tests.Access;

[Trait("Needs", "database")]
public sealed class RequestFilterTests(DatabaseServer server)
{
    // A page of the service itself, of a file of its own, of the API, of every tool; reads, changes, streams.
    private static readonly (string Method, string Path)[] Everything =
    [
        ("GET", "/"), ("GET", "/runs/1"), ("GET", "/api/v1/runs"), ("POST", "/api/v1/runs"), ("DELETE", $"/api/v1/runs/{Guid.Empty}"),
        ("GET", $"/api/v1/runs/{Guid.Empty}/events"), ("POST", "/hubs/runs/negotiate?negotiateVersion=1"), ("GET", "/hubs/runs"), ("GET", "/hangfire"),
        ("POST", "/hangfire/stats"), ("GET", "/swagger/index.html"), ("GET", "/swagger/v1/swagger.json"), ("GET", "/health/live"), ("GET", "/health/ready"),
        ("GET", "/nothing.js"),
    ];

    [Fact]
    public async Task Request_ForAnotherHost_IsRefusedEverywhere()
    {
        await using var app = await TestApp.StartAsync(server);
        foreach (var host in (string[])["evil.example", "evil.example:5080", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.1.5:5080"])
        {
            foreach (var (method, path) in Everything)
            {
                var answer = await app.Http.SendAsync(method, path, method == "POST" ? Api.Xor : null, ("Host", host), ("Origin", $"http://{host}"));
                Api.IsProblem(answer, HttpStatusCode.MisdirectedRequest, "unknown-host");
            }
        }

        Assert.Empty((await app.Http.GetJsonAsync("/api/v1/runs")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task Request_ForAnExpectedHost_IsServed()
    {
        await using var app = await TestApp.StartAsync(server, settings: [("AllowedHosts", "train.example;*.lab.example")]);
        foreach (var host in (string[])["localhost:80", "LOCALHOST", "127.0.0.1", "[::1]:5080", "train.example", "a.lab.example:443"])
        {
            Assert.Equal(HttpStatusCode.OK, (await app.Http.SendAsync("GET", "/api/v1/runs", null, ("Host", host))).Status);
            Assert.Equal(HttpStatusCode.Created, (await app.Http.SendAsync("POST", "/api/v1/runs", Api.Xor, ("Host", host), ("Origin", $"https://{host}"))).Status);
        }
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080", "192.168.1.5:5080", true)]
    [InlineData("http://+:5080", "[2001:db8::1]:5080", true)]
    [InlineData("http://*:5080", "evil.example:5080", false)]
    [InlineData("http://train.example:5080", "train.example:5080", true)]
    [InlineData("http://192.168.1.5:5080", "192.168.1.5:5080", true)]
    [InlineData("http://192.168.1.5:5080", "192.168.1.6:5080", false)]
    [InlineData("http://192.168.1.5:5080", "localhost:5080", true)]
    [InlineData("http://127.0.0.1:5080", "", false)]
    public void HostFilter_OfAnAddress_ServesItsHosts(string address, string host, bool served) =>
        Assert.Equal(served, new HostFilter([BindingAddress.Parse(address)], more: "").Serves(new HostString(host)));

    [Fact]
    public async Task Change_FromAPageOfAnotherOrigin_IsRefusedEverywhere()
    {
        await using var app = await TestApp.StartAsync(server);
        var run = await app.Http.SubmitAsync();
        foreach (var origin in (string[])["http://evil.example", "http://127.0.0.1:1", $"http://localhost:{app.Address.Port}", "null", "file://"])
        {
            foreach (var (method, path) in Everything.Where(item => item.Method != "GET"))
            {
                var answer = await app.Http.SendAsync(method, path.Replace($"{Guid.Empty}", $"{run}", StringComparison.Ordinal), Api.Xor, ("Origin", origin));
                Api.IsProblem(answer, HttpStatusCode.Forbidden, "cross-site");
            }

            var socket = await app.Http.SendAsync(
                "GET", "/hubs/runs", null,
                ("Origin", origin), ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
            Api.IsProblem(socket, HttpStatusCode.Forbidden, "cross-site");
        }

        Assert.Single((await app.Http.GetJsonAsync("/api/v1/runs")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task Change_FromAPageOfTheService_IsAccepted()
    {
        await using var app = await TestApp.StartAsync(server);
        var origin = ("Origin", $"http://{app.Address.Authority}");

        Assert.Equal(HttpStatusCode.Created, (await app.Http.SendAsync("POST", "/api/v1/runs", Api.Xor, origin)).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.SendAsync("POST", "/hubs/runs/negotiate?negotiateVersion=1", null, origin)).Status);
    }

    [Fact]
    public async Task Change_WithABody_NeedsJson()
    {
        await using var app = await TestApp.StartAsync(server);
        var run = await app.Http.SubmitAsync();
        (string Method, string Path, string Body)[] changes =
        [
            ("POST", "/api/v1/runs", Api.Xor), ("POST", "/api/v1/specs/check", Api.Xor), ("POST", $"/api/v1/runs/{run}/fork", "{}"),
            ("PATCH", $"/api/v1/runs/{run}", "{}"), ("POST", $"/api/v1/runs/{run}/cancel", "{}"), ("POST", "/api/v1/tokens", """{"name":"a","scope":"read"}"""),
        ];
        string?[] others =
        [
            null, "", "text/plain", "text/plain; application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-16",
        ];
        foreach (var (method, path, body) in changes)
        {
            foreach (var type in others)
            {
                Api.IsProblem(await SendAsync(app, method, path, body, type), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
            }

            foreach (var type in (string[])["application/json", "Application/JSON; charset=UTF-8"])
            {
                var (status, _, _) = await SendAsync(app, method, path, body, type);
                Assert.True((int)status < 300, $"{method} {path}: {status}");
            }
        }
    }

    [Theory]
    [InlineData("urls", "http://0.0.0.0:0")]
    [InlineData("urls", "http://127.0.0.1:0;http://192.168.1.5:5080")]
    [InlineData("urls", "http://[::]:0")]
    [InlineData("urls", "http://+:0")]
    [InlineData("urls", "http://train.example:0")]
    [InlineData("http_ports", "8080")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://*:0")]
    public async Task Start_BeyondLoopbackWithoutAuthentication_NamesTheSetting(string setting, string value)
    {
        string[] args = [$"--{setting}={value}", "--Service:Role=api", "--ConnectionStrings:Postgres=Host=127.0.0.1"];

        var exception = Assert.Throws<StartupException>(() => Program.Build(args));

        Assert.Contains("Access__Authentication=tokens", exception.Message, StringComparison.Ordinal);
        await using var app = Program.Build([.. args, "--Access:Authentication=tokens"]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://localhost:5080;http://[::1]:5081")]
    [InlineData("http://unix:/tmp/trainyard.sock")]
    public void ListenAddresses_OnThisMachineOnly_AreLocal(string urls) => Assert.All(
        ListenAddresses.Read(new ConfigurationBuilder().AddInMemoryCollection([new("urls", urls), new("http_ports", "8080")]).Build()),
        address => Assert.True(address.IsLocal()));

    [Theory]
    [InlineData("Access:Authentication", "password", "Access:Authentication is none or tokens")]
    [InlineData("Access:Oidc:Authority", "https://login.example", "Access__Authentication=tokens")]
    [InlineData("urls", "nonsense", "'nonsense' is not an address")]
    public void Start_WrongSetting_NamesIt(string setting, string value, string message)
    {
        var exception = Assert.Throws<StartupException>(() => Program.Build(["--urls=http://127.0.0.1:0", $"--{setting}={value}", "--Service:Role=api", "--ConnectionStrings:Postgres=Host=127.0.0.1"]));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> SendAsync(
        TestApp app, string method, string path, string body, string? type)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return await app.Http.AskAsync(request);
    }
}

using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Microsoft.Net.Http.Headers;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Live;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Access;

/// <summary>Tokens of an OpenID Connect provider, which is one here: its two documents and its key.</summary>
[Trait("Needs", "database")]
public sealed class OidcTests(DatabaseServer server) : IDisposable
{
    private readonly RSA key = RSA.Create(2048);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jwt_OfTheProvider_HasTheScopeOfItsClaim()
    {
        await using var provider = await StartProviderAsync();
        await using var app = await StartAsync(provider);
        (string Claim, string? Scope, HttpStatusCode Submit)[] cases =
        [
            ("openid trainyard.read", "read", HttpStatusCode.Forbidden), ("trainyard.submit", "submit", HttpStatusCode.Created),
            ("trainyard.read trainyard.admin", "admin", HttpStatusCode.Created), ("openid", null, HttpStatusCode.Forbidden),
        ];
        foreach (var (claim, scope, submit) in cases)
        {
            var jwt = Sign(provider, claims => claims["scope"] = claim);
            using var http = app.ClientWith(jwt);

            var (_, session, _) = await http.GetJsonAsync("/api/v1/session");
            Assert.Equal(("carol", scope), (session!["name"]!.GetValue<string>(), session["scope"]?.GetValue<string>()));
            var (status, run, _) = await http.PostJsonAsync("/api/v1/runs", Api.Xor);
            Assert.Equal(submit, status);
            if (submit == HttpStatusCode.Created)
            {
                Assert.Equal("carol", run!["createdBy"]!.GetValue<string>());
                using var hub = await HubClient.ConnectAsync(app.Address, Cancellation, jwt, inQuery: true);
            }
        }
    }

    [Fact]
    public async Task Session_ForAJwt_IsItsPersonUntilItExpires()
    {
        await using var provider = await StartProviderAsync();
        await using var app = await StartAsync(provider);
        using var anonymous = app.ClientWith(null);
        Assert.Equal(Address(provider), (await anonymous.GetJsonAsync("/api/v1/session")).Body!["provider"]!.GetValue<string>());

        var (status, session, response) = await anonymous.SendAsync("POST", "/api/v1/session", Body(Sign(provider, claims => claims["scope"] = "trainyard.submit")));

        Assert.Equal((HttpStatusCode.OK, "carol", "submit"), (status, session!["name"]!.GetValue<string>(), session["scope"]!.GetValue<string>()));
        var cookie = SetCookieHeaderValue.Parse(response.Headers.GetValues("Set-Cookie").Single());
        Assert.True(cookie.HttpOnly);
        Assert.InRange(cookie.Expires!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(61));
        (string, string) header = ("Cookie", $"{cookie.Name}={cookie.Value}");
        var run = await anonymous.SendAsync("POST", "/api/v1/runs", Api.Xor, header);
        Assert.Equal((HttpStatusCode.Created, "carol"), (run.Status, run.Body!["createdBy"]!.GetValue<string>()));
        Api.IsProblem(await anonymous.SendAsync("GET", "/api/v1/tokens", null, header), HttpStatusCode.Forbidden, "not-allowed");

        await TestRuns.ExecuteAsync(app.DataSource, "update api_sessions set expires_at = now()");
        Api.IsProblem(await anonymous.SendAsync("GET", "/api/v1/runs", null, header), HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task Session_ForAJwtThatIsNotValidOrHasNoScope_IsRefused()
    {
        await using var provider = await StartProviderAsync();
        await using var app = await StartAsync(provider);
        using var http = app.ClientWith(Sign(provider, _ => { })); // the token of the header is not the one of the body
        foreach (var jwt in (string[])[Sign(provider, claims => claims["aud"] = "another service"), Sign(provider, _ => { })[..^20] + new string('A', 20), "a.b.c", "nothing"])
        {
            Api.IsProblem(await http.SendAsync("POST", "/api/v1/session", Body(jwt)), HttpStatusCode.Unauthorized, "wrong-token");
        }

        Api.IsProblem(await http.SendAsync("POST", "/api/v1/session", Body(Sign(provider, claims => claims["scope"] = "openid"))), HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task Jwt_WithAWrongClaim_IsRefused()
    {
        await using var provider = await StartProviderAsync();
        await using var app = await StartAsync(provider);
        foreach (var (name, value) in (IEnumerable<(string, object)>)[("aud", "another service"), ("iss", "https://another.example"), ("exp", 1_000_000_000), ("sub", "")])
        {
            using var http = app.ClientWith(Sign(provider, claims => claims[name] = value));
            Api.IsProblem(await http.GetJsonAsync("/api/v1/runs"), HttpStatusCode.Unauthorized, "not-signed-in");
        }
    }

    [Fact]
    public async Task Jwt_WithAWrongSignature_IsRefusedAndTokensOfTheServiceAreNot()
    {
        await using var provider = await StartProviderAsync();
        await using var app = await StartAsync(provider);
        var jwt = Sign(provider, _ => { });
        using var http = app.ClientWith(jwt[..^20] + new string('A', 20));
        using var own = await app.SignInAsync("ann", AccessScope.Read);

        Api.IsProblem(await http.GetJsonAsync("/api/v1/runs"), HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Equal(HttpStatusCode.OK, (await own.GetJsonAsync("/api/v1/runs")).Status);
    }

    [Fact]
    public async Task Jwt_ProviderDoesNotAnswer_IsRefusedAndTheProviderNamed()
    {
        var provider = await StartProviderAsync();
        await using var app = await StartAsync(provider);
        var (authority, jwt) = (Address(provider), Sign(provider, _ => { }));
        await provider.DisposeAsync();
        using var http = app.ClientWith(jwt);

        var answer = await http.GetJsonAsync("/api/v1/runs");

        Api.IsProblem(answer, HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Contains(authority, answer.Body!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    public void Dispose() => key.Dispose();

    private Task<TestApp> StartAsync(WebApplication provider) => AccessApp.StartAsync(
        server, ("Access:Oidc:Authority", Address(provider)), ("Access:Oidc:Audience", "trainyard"));

    private async Task<WebApplication> StartProviderAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = builder.Build();
        provider.MapGet("/.well-known/openid-configuration", () => new { issuer = Address(provider), jwks_uri = $"{Address(provider)}/keys" });
        var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(key.ExportParameters(includePrivateParameters: false)) { KeyId = "k" });
        provider.MapGet("/keys", () => new { keys = new[] { new { kty = jwk.Kty, kid = jwk.Kid, n = jwk.N, e = jwk.E, use = "sig", alg = "RS256" } } });
        await provider.StartAsync(Cancellation);
        return provider;
    }

    private static string Body(string token) => $$"""{ "token": "{{token}}" }""";

    private string Sign(WebApplication provider, Action<Dictionary<string, object>> change)
    {
        Dictionary<string, object> claims = new(StringComparer.Ordinal)
        {
            ["iss"] = Address(provider),
            ["aud"] = "trainyard",
            ["sub"] = "carol",
            ["scope"] = "trainyard.read",
            ["exp"] = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds(),
        };
        change(claims);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(key) { KeyId = "k" }, SecurityAlgorithms.RsaSha256),
        });
    }

    private static string Address(WebApplication provider) => provider.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
}

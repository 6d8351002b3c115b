using System.Net;
using System.Text.Json.Nodes;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Live;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Access;

[Trait("Needs", "database")]
public sealed class TokenTests(DatabaseServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_FromCreationToRevocation_OpensTheServiceAndCloses()
    {
        await using var app = await AccessApp.StartAsync(server);
        using var admin = await app.SignInAsync("ann", AccessScope.Admin);

        var created = await admin.SendAsync("POST", "/api/v1/tokens", """{ "name": " bob ", "scope": "submit" }""");
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var token = created.Body!["token"]!.GetValue<string>();
        Assert.Matches("^ty_[A-Za-z0-9_-]{43}$", token);
        Assert.True(created.Response.Headers.CacheControl!.NoStore);
        Assert.Equal(("bob", "submit", "ann"), (Text(created.Body, "name"), Text(created.Body, "scope"), Text(created.Body, "createdBy")));

        using var bob = app.ClientWith(token);
        var (_, session, _) = await bob.GetJsonAsync("/api/v1/session");
        Assert.Equal("""{"authentication":"tokens","name":"bob","scope":"submit","provider":null}""", session!.ToJsonString());
        var run = await bob.SubmitAsync();
        Assert.Equal("bob", Text((await bob.GetJsonAsync($"/api/v1/runs/{run}")).Body, "createdBy"));
        var listed = (await admin.GetJsonAsync("/api/v1/tokens")).Body!["items"]!.AsArray().Single(item => Text(item, "name") == "bob")!;
        Assert.NotNull(listed["lastUsedAt"]);
        Assert.Null(listed["token"]);

        var revoke = $"/api/v1/tokens/{Text(created.Body, "id")}";
        Assert.Equal(HttpStatusCode.NoContent, (await admin.SendAsync("DELETE", revoke)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.SendAsync("DELETE", revoke)).Status);
        Api.IsProblem(await bob.GetJsonAsync("/api/v1/runs"), HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Equal("bob", Text((await admin.GetJsonAsync($"/api/v1/runs/{run}")).Body, "createdBy"));
        Api.IsProblem(await admin.SendAsync("DELETE", $"/api/v1/tokens/{Guid.Empty}"), HttpStatusCode.NotFound, "unknown-token");
    }

    [Fact]
    public async Task Token_InTheDatabase_IsAHashOnly()
    {
        await using var app = await AccessApp.StartAsync(server);
        using var http = await app.SignInAsync("ann", AccessScope.Read);
        var token = http.DefaultRequestHeaders.Authorization!.Parameter!;
        var cookie = await SignInAsync(http, token);

        var stored = $"{await TestRuns.ScalarAsync(app.DataSource, "select string_agg(t::text, ' ') from api_tokens t")} "
            + await TestRuns.ScalarAsync(app.DataSource, "select string_agg(s::text, ' ') from api_sessions s");

        var bytes = Convert.ToHexStringLower(System.Buffers.Text.Base64Url.DecodeFromChars(token.AsSpan("ty_".Length)));
        Assert.DoesNotContain(token["ty_".Length..], stored, StringComparison.Ordinal);
        Assert.DoesNotContain(bytes, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(cookie.Split('=', ';')[1], stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WrongMember_IsRefused()
    {
        await using var app = await AccessApp.StartAsync(server);
        using var admin = await app.SignInAsync("ann", AccessScope.Admin);
        (string Body, string Pointer)[] bodies =
        [
            ("""{ "name": "", "scope": "read" }""", "/name"),
            ("""{ "name": "a\nb", "scope": "read" }""", "/name"),
            ("""{ "name": "a", "scope": "read", "expiresAt": "2001-01-01T00:00:00Z" }""", "/expiresAt"),
            ("""{ "name": "a", "scope": "read", "expiresAt": "tomorrow" }""", "/expiresAt"),
            ("""{ "name": "a", "scope": "root" }""", "/scope"),
            ("""{ "name": "a" }""", "/scope"),
        ];

        foreach (var (body, pointer) in bodies)
        {
            var answer = await admin.SendAsync("POST", "/api/v1/tokens", body);
            Api.IsProblem(answer, HttpStatusCode.UnprocessableEntity, "invalid-body");
            Assert.Equal(pointer, Assert.Single(answer.Body!["findings"]!.AsArray())!["pointer"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Session_OfAToken_IsACookieForScriptsToUseAndNotToRead()
    {
        await using var app = await AccessApp.StartAsync(server);
        var token = (await app.CreateTokenAsync("ann", AccessScope.Submit)).Token;

        var cookie = await SignInAsync(app.Http, token);

        Assert.DoesNotContain(token, cookie, StringComparison.Ordinal);
        Assert.All((string[])["; path=/", "; samesite=strict", "; httponly", "; expires="], part => Assert.Contains(part, cookie, StringComparison.Ordinal));
        Assert.DoesNotContain("; secure", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", await SignInAsync(app.Http, token, ("Origin", $"https://{app.Address.Authority}")), StringComparison.Ordinal);
        var header = ("Cookie", cookie.Split(';')[0]);
        var (_, session, _) = await app.Http.SendAsync("GET", "/api/v1/session", null, header);
        Assert.Equal("""{"authentication":"tokens","name":"ann","scope":"submit","provider":null}""", session!.ToJsonString());
        Assert.Equal(HttpStatusCode.Created, (await app.Http.SendAsync("POST", "/api/v1/runs", Api.Xor, header)).Status);

        Assert.Equal(HttpStatusCode.NoContent, (await app.Http.SendAsync("DELETE", "/api/v1/session", null, header)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Http.SendAsync("GET", "/api/v1/runs", null, header)).Status);
        (_, session, _) = await app.Http.SendAsync("GET", "/api/v1/session", null, header);
        Assert.Equal("""{"authentication":"tokens","name":null,"scope":null,"provider":null}""", session!.ToJsonString());
    }

    [Fact]
    public async Task Session_WhoseTokenEnds_Ends()
    {
        await using var app = await AccessApp.StartAsync(server);
        string[] ends =
        [
            "update api_sessions set expires_at = now()", "update api_tokens set revoked_at = now()", "update api_tokens set expires_at = now()", "delete from api_tokens",
        ];
        foreach (var end in ends)
        {
            var token = (await app.CreateTokenAsync("ann", AccessScope.Read)).Token;
            var header = ("Cookie", (await SignInAsync(app.Http, token)).Split(';')[0]);
            Assert.Equal(HttpStatusCode.OK, (await app.Http.SendAsync("GET", "/api/v1/runs", null, header)).Status);

            await TestRuns.ExecuteAsync(app.DataSource, end);

            Api.IsProblem(await app.Http.SendAsync("GET", "/api/v1/runs", null, header), HttpStatusCode.Unauthorized, "not-signed-in");
        }
    }

    [Fact]
    public async Task SignIn_WithWrongTokens_IsLimitedAndRightOnesAreNot()
    {
        await using var app = await AccessApp.StartAsync(server, ("Access:WrongTokensPerMinute", "3"));
        var token = (await app.CreateTokenAsync("ann", AccessScope.Read)).Token;
        for (var i = 0; i < 3; i++)
        {
            await SignInAsync(app.Http, token);
            await SignInAsync(app.Http, token);
            Api.IsProblem(await app.Http.SendAsync("POST", "/api/v1/session", """{ "token": "ty_wrong" }"""), HttpStatusCode.Unauthorized, "wrong-token");
        }

        var refused = await app.Http.SendAsync("POST", "/api/v1/session", $$"""{ "token": "{{token}}" }""");

        Api.IsProblem(refused, HttpStatusCode.TooManyRequests, "too-many-attempts");
        Assert.InRange(refused.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        using var ann = app.ClientWith(token);
        Assert.Equal(HttpStatusCode.OK, (await ann.GetJsonAsync("/api/v1/runs")).Status);
    }

    [Fact]
    public async Task AccessTokenInTheQuery_OpensTheHubOnly()
    {
        await using var app = await AccessApp.StartAsync(server);
        var token = (await app.CreateTokenAsync("ann", AccessScope.Read)).Token;

        Assert.Equal(HttpStatusCode.OK, (await app.Http.SendAsync("POST", $"/hubs/runs/negotiate?negotiateVersion=1&access_token={token}")).Status);
        foreach (var address in (string[])["/swagger/v1/swagger.json", "/api/v1/runs"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await app.Http.GetJsonAsync($"{address}?access_token={token}")).Status);
        }

        using var hub = await HubClient.ConnectAsync(app.Address, Cancellation, token, inQuery: true);
    }

    [Fact]
    public async Task Session_WithoutAuthentication_SaysSo()
    {
        await using var app = await TestApp.StartAsync(server);

        Assert.Equal("""{"authentication":"none","name":null,"scope":null,"provider":null}""", (await app.Http.GetJsonAsync("/api/v1/session")).Body!.ToJsonString());
        Api.IsProblem(await app.Http.SendAsync("POST", "/api/v1/session", """{ "token": "ty_x" }"""), HttpStatusCode.Conflict, "authentication-off");
        Assert.Null((await app.Http.GetJsonAsync($"/api/v1/runs/{await app.Http.SubmitAsync()}")).Body!["createdBy"]);
    }

    [Fact]
    public async Task Run_OfAnotherPerson_MayBeReadAndForkedButNotChanged()
    {
        await using var app = await AccessApp.StartAsync(server);
        using var ann = await app.SignInAsync("ann", AccessScope.Submit);
        using var bob = await app.SignInAsync("bob", AccessScope.Submit);
        using var secondOfAnn = await app.SignInAsync("ann", AccessScope.Submit);
        using var admin = await app.SignInAsync("root", AccessScope.Admin);
        var run = await ann.SubmitAsync();

        var refused = await bob.SendAsync("PATCH", $"/api/v1/runs/{run}", """{ "name": "mine" }""");
        Api.IsProblem(refused, HttpStatusCode.Forbidden, "not-allowed");
        Assert.Contains("belongs to ann", Text(refused.Body, "detail"), StringComparison.Ordinal);
        var actions = (await bob.GetJsonAsync($"/api/v1/runs/{run}")).Body!["actions"]!;
        Assert.Equal(("not_owner", true), (Text(actions["cancel"], "code"), actions["fork"]!["enabled"]!.GetValue<bool>()));
        Assert.True((await ann.GetJsonAsync($"/api/v1/runs/{run}")).Body!["actions"]!["cancel"]!["enabled"]!.GetValue<bool>());
        using var reader = await app.SignInAsync("ann", AccessScope.Read);
        actions = (await reader.GetJsonAsync($"/api/v1/runs/{run}")).Body!["actions"]!;
        Assert.Equal(("needs_scope", "needs_scope"), (Text(actions["cancel"], "code"), Text(actions["fork"], "code")));
        var fork = await bob.SendAsync("POST", $"/api/v1/runs/{run}/fork", "{}");
        Assert.Equal((HttpStatusCode.Created, "bob"), (fork.Status, Text(fork.Body, "createdBy")));
        Assert.Equal(HttpStatusCode.OK, (await bob.SendAsync("PATCH", $"/api/v1/runs/{Text(fork.Body, "id")}", """{ "name": "mine" }""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await secondOfAnn.SendAsync("PATCH", $"/api/v1/runs/{run}", """{ "name": "by the second token" }""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await admin.SendAsync("PATCH", $"/api/v1/runs/{run}", """{ "name": "by root" }""")).Status);
        Api.IsProblem(await bob.SendAsync("POST", $"/api/v1/runs/{Guid.Empty}/cancel"), HttpStatusCode.NotFound, "unknown-run");
    }

    [Fact]
    public async Task IdempotencyKey_OfAnotherPerson_IsAnotherKey()
    {
        await using var app = await AccessApp.StartAsync(server);
        using var ann = await app.SignInAsync("ann", AccessScope.Submit);
        using var bob = await app.SignInAsync("bob", AccessScope.Submit);

        var first = await ann.PostJsonAsync("/api/v1/runs", Api.Xor, "key");
        var again = await ann.PostJsonAsync("/api/v1/runs", Api.Xor, "key");
        var other = await bob.PostJsonAsync("/api/v1/runs", Api.Xor, "key");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Created), (first.Status, again.Status, other.Status));
        Assert.Equal(Text(first.Body, "id"), Text(again.Body, "id"));
        Assert.NotEqual(Text(first.Body, "id"), Text(other.Body, "id"));
    }

    private static string? Text(JsonNode? body, string member) => body![member]?.GetValue<string>();

    // The Set-Cookie header.
    private static async Task<string> SignInAsync(HttpClient http, string token, params (string Name, string Value)[] headers)
    {
        var (status, _, response) = await http.SendAsync("POST", "/api/v1/session", $$"""{ "token": "{{token}}" }""", headers);
        Assert.Equal(HttpStatusCode.OK, status);
        return Assert.Single(response.Headers.GetValues("Set-Cookie"));
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Trainyard.Service.Access;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Access;

/// <summary>The service with authentication, and people with tokens.</summary>
internal static class AccessApp
{
    // With a token that nobody has: the service would print a first one.
    public static async Task<TestApp> StartAsync(DatabaseServer server, params IEnumerable<(string Key, string Value)> settings)
    {
        var database = await server.CreateDatabaseAsync();
        await using (var dataSource = NpgsqlDataSource.Create(database))
        {
            await TestRuns.ExecuteAsync(
                dataSource, "insert into api_tokens (id, name, hash, scope, created_at) values (gen_random_uuid(), 'nobody', '\\x00', 'admin', now())");
        }

        return await TestApp.StartAsync(server, settings: [("Access:Authentication", "tokens"), .. settings], connectionString: database);
    }

    public static async Task<NewToken> CreateTokenAsync(this TestApp app, string name, AccessScope scope) =>
        await app.Services.GetRequiredService<TokenStore>()
            .CreateAsync(new TokenRequest { Name = name, Scope = scope }, createdBy: null, TestContext.Current.CancellationToken);

    /// <summary>A client that sends a token of this person with every request.</summary>
    public static async Task<HttpClient> SignInAsync(this TestApp app, string name, AccessScope scope) =>
        app.ClientWith((await app.CreateTokenAsync(name, scope)).Token);

    public static HttpClient ClientWith(this TestApp app, string? token)
    {
        var http = new HttpClient { BaseAddress = app.Address };
        http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    public static async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> SendAsync(
        this HttpClient http, string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await http.AskAsync(request);
    }
}

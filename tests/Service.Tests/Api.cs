using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Trainyard.Service.Tests;

/// <summary>Calls the service as a program would: plain HTTP and plain JSON, none of the service's own types.</summary>
internal static class Api
{
    /// <summary>A spec that trains in milliseconds.</summary>
    public const string Xor = """{ "name": "xor", "data": { "dataset": "xor" }, "model": { "kind": "mlp", "dense": [8] }, "training": { "epochs": 3 } }""";

    public static Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> PostJsonAsync(
        this HttpClient http, string path, string json, string? idempotencyKey = null) =>
        http.PostBytesAsync(path, Encoding.UTF8.GetBytes(json), idempotencyKey);

    public static async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> PostBytesAsync(
        this HttpClient http, string path, byte[] body, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        return await http.AskAsync(request);
    }

    public static async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> GetJsonAsync(this HttpClient http, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await http.AskAsync(request);
    }

    /// <summary>Sends a request and reads its answer, which is JSON or empty.</summary>
    public static async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> AskAsync(this HttpClient http, HttpRequestMessage request)
    {
        var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return (response.StatusCode, isJson ? JsonNode.Parse(text) : null, response);
    }

    public static async Task<Guid> SubmitAsync(this HttpClient http, string spec = Xor)
    {
        var (status, body, _) = await http.PostJsonAsync("/api/v1/runs", spec);
        Assert.Equal(HttpStatusCode.Created, status);
        return body!["id"]!.GetValue<Guid>();
    }

    /// <summary>The number of runs that match some filters, as in <c>state=queued</c>.</summary>
    public static async Task<int> CountRunsAsync(this HttpClient http, string filters)
    {
        var (status, body, _) = await http.GetJsonAsync($"/api/v1/runs/count?{filters}");
        Assert.True(status == HttpStatusCode.OK, $"{filters}: {body}");
        return body!["total"]!.GetValue<int>();
    }

    /// <summary>Checks that an answer is a problem of a kind.</summary>
    public static void IsProblem((HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response) answer, HttpStatusCode status, string slug)
    {
        Assert.Equal(status, answer.Status);
        Assert.Equal("application/problem+json", answer.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"/problems/{slug}", answer.Body!["type"]!.GetValue<string>());
        Assert.Equal((int)status, answer.Body["status"]!.GetValue<int>());
        Assert.NotEmpty(answer.Body["title"]!.GetValue<string>());
        var detail = answer.Body["detail"]!.GetValue<string>();
        Assert.NotEmpty(detail);
        // Pages show it. What only a program can do about a problem is the member help.
        Assert.DoesNotMatch(@"\b(GET|POST|PUT|PATCH|DELETE) /|Authorization:|Retry-After", detail);
    }
}

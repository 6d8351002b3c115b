using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Service.Tests.Studies;

namespace Trainyard.Service.Tests.Http;

/// <summary>The same bad bodies for every endpoint that has a body.</summary>
[Trait("Needs", "database")]
public sealed class JsonBodiesTests(DatabaseServer server)
{
    private sealed record Target(string Method, string Path, Type Body);

    private static readonly byte[][] Malformed =
    [
        [], Utf8(" \n"), Utf8("{"), Utf8("{} {}"), Utf8("{}x"), Utf8("""{ "a": NaN }"""), Utf8("{ /* a */ }"), Utf8("""{ "a": 1, }"""), Utf8("{ 'a': 1 }"),
        Utf8("nothing"), Encoding.Unicode.GetBytes("\uFEFF{}"), [.. "{\""u8, 0xFF, .. "\":1}"u8], Utf8("""{ "\ud800": 1 }"""),
        Utf8("{\"a\":" + new string('[', 40) + new string(']', 40) + "}"), Utf8(new string('[', 50_000)),
    ];

    private static readonly (string Body, string Code, string Pointer)[] Wrong =
    [
        ("null", "not_an_object", ""), ("[]", "not_an_object", ""), ("12", "not_an_object", ""), ("\"text\"", "not_an_object", ""), ("true", "not_an_object", ""),
        ("\uFEFFnull", "not_an_object", ""), ("""{ "nothing": 1 }""", "unknown_member", "/nothing"), ("""{ "": 1 }""", "unknown_member", "/"),
        ("""{ "nothing": 1, "nothing": 2 }""", "duplicate_member", "/nothing"), ("""{ "Name": 1 }""", "unknown_member", "/Name"),
    ];

    // Values that no member of a body allows, or few.
    private static readonly string[] Values =
    [
        "null", "true", "-1", "1.5", "-0.0", "1e999", "123456789012", "\"\"", "\"12\"", "\"\\ud800\"", "\"a\\u0000b\"", "[]", "[null]", "[[]]", "[1,\"2\"]", "{}",
        """{ "path": null }""", """[{ "path": "/name" }]""", """[{ "path": "/name", "value": { "a": 1, "a": 2 } }]""", """[{ "path": "/name", "value": "\ud800" }]""",
    ];

    [Fact]
    public async Task Body_NotJson_IsMalformedEverywhere() => await ForEveryTargetAsync(async (app, target) =>
    {
        foreach (var body in Malformed)
        {
            var answer = await SendAsync(app, target, body);

            Api.IsProblem(answer, HttpStatusCode.BadRequest, "not-json");
            var finding = Assert.Single(answer.Body!["findings"]!.AsArray())!;
            Assert.Equal(("malformed_json", ""), (finding["code"]!.GetValue<string>(), finding["pointer"]!.GetValue<string>()));
        }
    });

    [Fact]
    public async Task Body_OfWrongShape_HasFindingsWithPointersEverywhere() => await ForEveryTargetAsync(async (app, target) =>
    {
        foreach (var (body, code, pointer) in Wrong)
        {
            var answer = await SendAsync(app, target, Utf8(body));

            var findings = Findings(answer).Select(finding => (finding!["code"]!.GetValue<string>(), finding["pointer"]!.GetValue<string>()));
            Assert.Contains((code, pointer), findings);
        }
    });

    [Fact]
    public async Task Body_BadValueOrRepeatedMember_IsRefusedWithFindings() => await ForEveryTargetAsync(async (app, target) =>
    {
        // The spec reader has tests of its own; "name" stands for all of its members.
        var members = target.Body.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).DefaultIfEmpty("name");
        foreach (var member in members)
        {
            foreach (var value in Values)
            {
                var answer = await SendAsync(app, target, Utf8($$"""{ "{{member}}": {{value}} }"""));
                if (answer.Response.IsSuccessStatusCode && answer.Body!["valid"]?.GetValue<bool>() != false)
                {
                    continue; // Among many values, one may be allowed.
                }

                if (answer.Status is not (HttpStatusCode.Conflict or HttpStatusCode.NotFound))
                {
                    Assert.NotEmpty(Findings(answer));
                }
            }

            var repeated = await SendAsync(app, target, Utf8($$"""{ "{{member}}": null, "{{member}}": null }"""));
            Assert.Contains(("duplicate_member", $"/{member}"), Findings(repeated).Select(finding => (finding!["code"]!.GetValue<string>(), finding["pointer"]!.GetValue<string>())));
        }
    });

    [Fact]
    public async Task Body_OfAnotherType_IsUnsupported() => await ForEveryTargetAsync(async (app, target) =>
    {
        foreach (var type in (string?[])[null, "text/plain", "application/json; charset=utf-16", "application/x-www-form-urlencoded"])
        {
            Api.IsProblem(await SendAsync(app, target, "{}"u8.ToArray(), type), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        }

        Assert.NotEqual(HttpStatusCode.UnsupportedMediaType, (await SendAsync(app, target, "{}"u8.ToArray(), "application/json; charset=UTF-8")).Status);
    });

    [Fact]
    public async Task Body_Compressed_IsDecodedWithinTheLimit() => await ForEveryTargetAsync(async (app, target) =>
    {
        foreach (var (encoding, compress) in Encodings)
        {
            var answer = await SendAsync(app, target, Compressed(compress, Utf8("""{ "nothing": "here" }""")), encoding: encoding);
            Assert.Contains("/nothing", Findings(answer).Select(finding => finding!["pointer"]!.GetValue<string>()));

            var bomb = Compressed(compress, Utf8(new string(' ', 3 * 1024 * 1024)));
            Assert.True(bomb.Length < 100_000);
            Api.IsProblem(await SendAsync(app, target, bomb, encoding: encoding), HttpStatusCode.RequestEntityTooLarge, "too-large");

            Api.IsProblem(await SendAsync(app, target, Utf8("{ \"name\": \"not compressed\" }"), encoding: encoding), HttpStatusCode.BadRequest, "bad-request");
        }

        foreach (var encoding in (string[])["zstd", "compress", "gzip, br"])
        {
            var answer = await SendAsync(app, target, "{}"u8.ToArray(), encoding: encoding);
            Api.IsProblem(answer, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
            Assert.Contains("gzip, br, deflate", answer.Body!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Equal("gzip, br, deflate", string.Join(", ", answer.Response.Headers.GetValues("Accept-Encoding")));
        }
    });

    [Theory]
    [InlineData("GET", "", HttpStatusCode.OK)]
    [InlineData("POST", "/cancel", HttpStatusCode.Accepted)]
    public async Task Encoding_OfAnEndpointWithoutBody_IsIgnored(string method, string path, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync(server);
        var run = await app.Http.SubmitAsync();

        var answer = await SendAsync(app, new(method, $"/api/v1/runs/{run}{path}", typeof(object)), [], encoding: "x");

        Assert.Equal(expected, answer.Status);
    }

    [Fact]
    public async Task Body_TooLarge_IsRefused() => await ForEveryTargetAsync(async (app, target) =>
        Api.IsProblem(await SendAsync(app, target, Utf8(new string(' ', 2 * 1024 * 1024) + "{}")), HttpStatusCode.RequestEntityTooLarge, "too-large"));

    [Theory]
    [InlineData("fffffffffffffffff")]
    [InlineData("-1")]
    [InlineData("none")]
    public async Task Body_ChunkOfNoValidSize_IsMalformed(string size) => await ForEveryTargetAsync(async (app, target) =>
    {
        using var client = new TcpClient();
        await client.ConnectAsync(app.Address.Host, app.Address.Port, TestContext.Current.CancellationToken);
        var request = $"{target.Method} {target.Path} HTTP/1.1\r\nHost: {app.Address.Authority}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n{{}}\r\n";
        await client.GetStream().WriteAsync(Utf8(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        Assert.StartsWith("HTTP/1.1 400 ", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    });

    [Fact]
    public async Task Submit_CompressedSpec_IsAccepted()
    {
        await using var app = await TestApp.StartAsync(server);
        foreach (var (encoding, compress) in Encodings)
        {
            var answer = await SendAsync(app, new("POST", "/api/v1/runs", typeof(object)), Compressed(compress, Utf8(Api.Xor)), encoding: encoding);
            Assert.Equal(HttpStatusCode.Created, answer.Status);
        }
    }

    private static readonly (string Name, Func<Stream, Stream> Compress)[] Encodings =
    [
        ("gzip", stream => new GZipStream(stream, CompressionLevel.Fastest)), ("br", stream => new BrotliStream(stream, CompressionLevel.Fastest)),
        ("deflate", stream => new ZLibStream(stream, CompressionLevel.Fastest)),
    ];

    private async Task ForEveryTargetAsync(Func<TestApp, Target, Task> check)
    {
        await using var app = await TestApp.StartAsync(server);
        var run = await app.Http.SubmitAsync();
        await app.StoreStudyAsync(run, "completed", run: run);
        List<Target> targets =
        [
            .. from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
               let body = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType
               where body is not null
               let method = endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods[0]
               let path = endpoint.RoutePattern.RawText!.Replace("{id:guid}", $"{run}", StringComparison.Ordinal).TrimEnd('/')
               select new Target(method, path.EndsWith("/experiments", StringComparison.Ordinal) ? path + "?name=none" : path, body),
        ];
        Assert.Contains(targets, target => target is { Method: "PATCH", Path: var path } && path.EndsWith($"{run}", StringComparison.Ordinal));
        foreach (var target in targets)
        {
            try
            {
                await check(app, target);
            }
            catch (Xunit.Sdk.XunitException exception)
            {
                throw new InvalidOperationException($"{target.Method} {target.Path}: {exception.Message}", exception);
            }
        }
    }

    // Of a problem, or of the result of a check.
    private static JsonArray Findings((HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response) answer)
    {
        if (answer.Status != HttpStatusCode.OK && answer.Status != HttpStatusCode.BadRequest)
        {
            var slug = answer.Body!["type"]!.GetValue<string>().Split('/')[^1];
            Assert.Contains(slug, (string[])["invalid-body", "invalid-spec"]);
            Api.IsProblem(answer, HttpStatusCode.UnprocessableEntity, slug);
        }

        Assert.True(answer.Body!["findings"] is JsonArray, $"{answer.Status} without findings: {answer.Body}");
        return answer.Body["findings"]!.AsArray();
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> SendAsync(
        TestApp app, Target target, byte[] body, string? type = "application/json", string? encoding = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(target.Method), target.Path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        // A client that still sends when the service answers and closes may lose the answer; one that sends a large body asks first.
        request.Headers.ExpectContinue = body.Length > 1024 * 1024;
        if (encoding is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }

        return await app.Http.AskAsync(request);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Compressed(Func<Stream, Stream> compress, byte[] content)
    {
        using var result = new MemoryStream();
        using (var stream = compress(result))
        {
            stream.Write(content);
        }

        return result.ToArray();
    }
}

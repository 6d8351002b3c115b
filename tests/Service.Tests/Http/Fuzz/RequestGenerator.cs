using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Trainyard.Service.Tests.Http.Fuzz;

/// <summary>
/// Random requests to every operation of the API: valid ones, and ones with wrong values, names, methods, headers and encodings. The same seed and the same
/// responses give the same requests.
/// </summary>
internal sealed class RequestGenerator(ApiDocument api, int seed, Credentials credentials)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get"];

    private static readonly string[] OddTexts =
    [
        "", " ", "0", "-1", "1", "1.5", "1e3", "1e999", "NaN", "99999999999", "9223372036854775808", "null", "true", "undefined", "[]", "{}", "a,b", "*", "..", "../../etc/passwd", "%",
        "\0", "a\0b", "\u202e", "\ufffd", "\uff1d1", "😀", "학습", "e\u0301", "' or 1=1 --", "\"", "<script>", "${x}", "\r\nX: y", "\t", new('a', 300), new('9', 400), new('가', 900),
    ];

    private static readonly string[] Sorts =
    [
        "created", "-created", "name", "-name", "state", "epoch", "-epoch", "elapsed", "-elapsed", "metric.validation_loss.best", "-metric.train_accuracy.latest", "metric.none.best",
        "param.training.batchSize", "-param.training.optimizer.learningRate", "param.model.dense", "param.model.blocks.*.filters", "param.model.dense.0", "param.nothing",
    ];

    private static readonly string[] Columns =
        ["param.training.batchSize", "metric.validation_loss", "metric.validation_loss.best", "param.model.blocks.*.filters", "param.a.b.c.d.e.f.g.h", "param..", "x"];

    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("Accept", ["*/*", "application/json", "text/event-stream", "text/html", "image/png;q=0", "x", ";;", "text/event-stream, */*"]),
        ("Accept-Encoding", ["gzip", "br", "gzip, br;q=0.1", "identity;q=0", "x"]),
        ("Idempotency-Key", ["k1", "k2", "", " ", "a\tb", "키", new('k', 200), new('k', 201)]),
        ("Last-Event-ID", ["0", "3", "-1", "x", "", "99999999999999999999", "9223372036854775807"]),
        ("If-None-Match", ["*", "\"x\"", "W/\"x\"", "x"]),
        ("If-Modified-Since", ["Sat, 01 Jan 2000 00:00:00 GMT", "x"]),
        ("Range", ["bytes=0-0", "bytes=-1", "bytes=5-1", "bytes=0-99999999999999999999", "lines=1"]),
        ("Sec-Fetch-Site", ["same-origin", "cross-site", "x"]),
        ("Origin", ["null", "http://evil.example"]),
        ("Authorization", ["Bearer x", "Basic eDp5", "x"]),
        ("Cookie", ["a=b", "=;=;", "x"]),
        ("X-Forwarded-For", ["::1", "x"]),
        ("X-HTTP-Method-Override", ["DELETE"]),
    ];

    private static readonly string[] ContentTypes =
    [
        "application/json; charset=utf-8", "application/json; charset=utf-16", "application/json; charset=x", "text/plain", "text/json", "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x", "application/merge-patch+json", "x", "",
    ];

    private static readonly string[] Specs = [.. Directory.GetFiles(Repository.PathOf("examples"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText), Api.Xor];

    private static readonly string[] Studies = [.. Directory.GetFiles(Repository.PathOf("examples", "studies"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    private readonly Random random = new(seed);
    private readonly List<Guid> runs = [];
    private readonly List<string> pages = [];
    private readonly List<Guid> tokens = [];
    private readonly List<string> cookies = [];

    /// <summary>Makes a run known, which requests name from now on.</summary>
    public void AddRun(Guid run) => runs.Add(run);

    /// <summary>Makes an API token known that may be revoked.</summary>
    public void AddToken(Guid token) => tokens.Add(token);

    /// <summary>Makes the cookie of a session known.</summary>
    public void AddCookie(string cookie) => cookies.Add(cookie);

    /// <summary>Makes the token of a next page known.</summary>
    public void AddPage(string after) => pages.Add(after);

    public FuzzedRequest Next()
    {
        var operation = Pick(api.Operations);
        var method = Chance(0.92) ? operation.Method : Pick(Methods);
        var takesBody = operation.Description["requestBody"] is not null;
        var (body, type, coding) = takesBody || Chance(0.03) ? Body(operation.Id) : (null, null, null);
        var request = new FuzzedRequest { Method = method, Target = Path(operation) + Query(operation), Body = body };
        foreach (var (name, values) in Headers)
        {
            if (Chance(name is "Accept" ? 0.15 : 0.04))
            {
                request.Headers.Add((name, Pick(values)));
            }
        }

        if (!request.Headers.Exists(header => header.Name is "Authorization" or "Cookie") && Credential() is { } credential)
        {
            request.Headers.Add(credential);
        }

        if (type is not null)
        {
            request.Headers.Add(("Content-Type", type));
        }

        if (coding is not null)
        {
            request.Headers.Add(("Content-Encoding", coding));
        }

        return request;
    }

    // Mostly an administrator's: others are refused early.
    private (string Name, string Value)? Credential() =>
        Chance(0.03) ? null
        : cookies.Count > 0 && Chance(0.05) ? ("Cookie", cookies[^1])
        : ("Authorization", $"Bearer {(Chance(0.9) ? credentials.Admin : Chance(0.5) ? credentials.Submit : credentials.Read)}");

    private string Path(Operation operation)
    {
        var id = operation.Path.Contains("/tokens/", StringComparison.Ordinal) && tokens.Count > 0 ? Pick(tokens) : Run();
        var path = operation.Path
            .Replace("{id}", Chance(0.85) ? $"{id}" : Pick<Func<string>>([() => $"{id}".ToUpperInvariant(), () => $"{id:N}", () => $"{id:B}", () => Escape(OddText())])(), StringComparison.Ordinal)
            .Replace("{file}", Pick(["1.safetensors", "latest", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..", Escape(OddText())]), StringComparison.Ordinal);
        return Chance(0.97) ? path : Pick([$"{path}/", $"/{path}", path.ToUpperInvariant(), $"{path}%00", $"{path}/%ff", $"{path};a=b", $"/.{path}", $"{path}/{Escape(OddText())}"]);
    }

    private string Query(Operation operation)
    {
        List<string> pairs = [];
        foreach (var parameter in operation.Parameters("query"))
        {
            var name = parameter["name"]!.GetValue<string>();
            var isList = parameter["schema"]!["type"]!.GetValue<string>() == "array";
            var times = isList ? random.Next(4) : Chance(0.4) ? Chance(0.05) ? 2 : 1 : 0;
            for (var i = 0; i < times; i++)
            {
                pairs.Add($"{(Chance(0.97) ? name : name.ToUpperInvariant())}={QueryValue(name, isList ? parameter["schema"]!["items"]! : parameter["schema"]!)}");
            }
        }

        if (Chance(0.05))
        {
            pairs.Add(Pick(["x=1", "status=failed", "=", "&&", "limit", $"{Escape(OddText())}={Escape(OddText())}", "%ff=%fe", "a[]=1"]));
        }

        return pairs.Count == 0 ? "" : $"?{string.Join('&', pairs)}";
    }

    private string QueryValue(string name, JsonNode schema)
    {
        if (Chance(0.25))
        {
            return Chance(0.1) ? Pick(["%ff", "%", "%zz", "%u0041", "+"]) : Escape(OddText());
        }

        return name switch
        {
            "after" when schema["type"]!.GetValue<string>() == "string" => pages.Count > 0 && Chance(0.5) ? Escape(Pick(pages)) : ForgedPage(),
            "sort" => Pick(Sorts),
            "columns" => string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Pick(Columns))),
            "language" => Pick(["pytorch", "torchsharp"]),
            "q" => Pick(["xor", "adam sgd", "학", "%F0%9F%98%80", "a-b", "!!!"]),
            "run" => $"{Run()}",
            _ => schema["enum"]?.AsArray() is { } choices ? Pick<JsonNode?>([.. choices])!.GetValue<string>() : schema["type"]!.GetValue<string>() switch
            {
                "boolean" => Chance(0.5) ? "true" : "false",
                "integer" => random.Next(0, 250).ToString(CultureInfo.InvariantCulture),
                _ => Escape(Pick(["default", "xor", "a"])),
            },
        };
    }

    // A token of the right form that the service did not make.
    private string ForgedPage() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        new JsonObject { ["Sort"] = Pick(Sorts), ["Key"] = Chance(0.2) ? null : Pick([OddText(), "\"a\"", "12", "[1, 2]", "1e400", "\"\\u0000\""]), ["Id"] = Run() }.ToJsonString()));

    private (byte[] Body, string? Type, string? Coding) Body(string operation)
    {
        var json = JsonNode.Parse(operation switch
        {
            "extendRun" => """{ "epochs": 7 }""",
            "forkRun" => """{ "changes": [{ "path": "/training/optimizer/learningRate", "value": 0.5 }, { "path": "/seed", "value": 3 }], "name": "fork", "weights": false }""",
            "editRun" => """{ "name": "renamed", "notes": "a\nb", "tags": ["a", "b"] }""",
            "signIn" => $$"""{ "token": "{{Pick([credentials.Admin, credentials.Read, "ty_unknown"])}}" }""",
            "createToken" => Pick(["""{ "name": "ann", "scope": "submit", "expiresAt": "2099-12-31T23:59:59Z" }""", """{ "name": "학생", "scope": "read", "expiresAt": null }"""]),
            "submitStudy" or "checkStudy" => Pick(Studies),
            "extendStudy" => """{ "trials": 30, "budget": { "seconds": 10, "flops": 1e12 } }""",
            "importSearchSpace" => """{ "text": "method: random\nparameters:\n  learning_rate: { min: 0.1, max: 1 }\n" }""",
            "testStudy" => """{ "trial": 0 }""",
            _ => Pick(Specs),
        });
        for (var mutations = Chance(0.3) ? 0 : random.Next(1, 4); mutations > 0; mutations--)
        {
            json = Mutate(json);
        }

        var text = json?.ToJsonString() ?? "null";
        var body = Encoding.UTF8.GetBytes(Chance(0.85) ? text : Distort(text));
        var coding = Chance(0.95) ? null : Pick(["gzip", "br", "deflate", "identity", "x", "gzip, gzip"]);
        if (coding == "gzip" && Chance(0.7))
        {
            body = Compress(Chance(0.7) ? body : new byte[20_000_000]);
        }

        return (Chance(0.97) ? body : Pick<Func<byte[]>>([() => Encoding.Unicode.GetBytes(text), () => [0xFF, 0xFE, .. body], () => [0xEF, 0xBB, 0xBF, .. body], () => [], () => Noise(100)])(),
            Chance(0.92) ? "application/json" : Chance(0.3) ? null : Pick(ContentTypes), coding);
    }

    // Changes one random place of a document.
    private JsonNode? Mutate(JsonNode? root)
    {
        List<JsonNode> places = [];
        void Collect(JsonNode? node)
        {
            if (node is null)
            {
                return;
            }

            places.Add(node);
            foreach (var child in node is JsonObject members ? members.Select(member => member.Value) : node as JsonArray ?? Enumerable.Empty<JsonNode?>())
            {
                Collect(child);
            }
        }

        Collect(root);
        if (places.Count == 0)
        {
            return OddValue();
        }

        var place = Pick(places);
        switch (place)
        {
            case JsonObject members when members.Count > 0 && Chance(0.6):
                var name = Pick(members.Select(member => member.Key).ToList());
                switch (random.Next(4))
                {
                    case 0:
                        members.Remove(name);
                        break;
                    case 1:
                        members[OddText()] = OddValue();
                        break;
                    case 2:
                        members[name.ToUpperInvariant()] = members[name]?.DeepClone();
                        break;
                    default:
                        members[name] = OddValue();
                        break;
                }

                return root;
            case JsonArray items when Chance(0.6):
                for (var times = Chance(0.1) ? 200 : 1; times > 0; times--)
                {
                    items.Add(items.Count > 0 && Chance(0.5) ? items[0]?.DeepClone() : OddValue());
                }

                return root;
            default:
                if (place.Parent is null)
                {
                    return OddValue();
                }

                place.ReplaceWith(OddValue());
                return root;
        }
    }

    private JsonNode? OddValue() => random.Next(12) switch
    {
        0 => null,
        1 => true,
        2 => new JsonArray(),
        3 => new JsonObject(),
        4 => JsonNode.Parse(Pick(["-0.0", "1e400", "1E-400", "12.0", "-1", "0", "1e15", "9007199254740993", "123456789012345678901234567890"])),
        5 => random.Next(-10, 100_000),
        6 => random.NextDouble(),
        7 => new JsonArray(1, null, "a"),
        8 => new JsonObject { ["name"] = Pick(["adam", "he", "relu", "xor", "none"]), ["x"] = 1 },
        9 => JsonNode.Parse(new string('[', 60) + new string(']', 60)),
        10 => new string(Pick(["a", "\u0000", "가"])[0], random.Next(1, 3000)),
        _ => OddText(),
    };

    // Changes the text itself, so that it may not be JSON any more.
    private string Distort(string text) => random.Next(9) switch
    {
        0 => text[..random.Next(text.Length)],
        1 => text + text,
        2 => text.Insert(random.Next(text.Length), Pick(["\0", "\\ud800", "/* */", ",", "\"", "}", "\u2028"])),
        3 => text.Replace(":", ":,", StringComparison.Ordinal),
        4 => new string('[', 5000),
        5 => text.TrimEnd('}') + ""","name":"second","name":"third"}""",
        6 => $"{{\"name\":\"{new string('x', Pick([70_000, 300_000, 2_000_000]))}\"}}",
        7 => Pick(["", " ", "null", "NaN", "0", "\"\"", "[]", "{}", "[null]", """{"changes":[null]}""", """{"tags":[null]}""", """{"epochs":2147483648}"""]),
        _ => text.Replace("\"", "'", StringComparison.Ordinal),
    };

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    private byte[] Noise(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    // Mostly known runs, the recent ones more often.
    private Guid Run() => runs.Count == 0 || Chance(0.1) ? new Guid(Noise(16)) : Chance(0.5) ? Pick(runs) : runs[^random.Next(1, Math.Min(runs.Count, 10) + 1)];

    private string OddText() => Pick(OddTexts);

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private bool Chance(double share) => random.NextDouble() < share;

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}

/// <summary>A token of each scope.</summary>
internal sealed record Credentials(string Admin, string Submit, string Read);

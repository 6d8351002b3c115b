using System.Net;
using System.Text.Json;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Access;
using Trainyard.Service.Tests.Runs;
using Trainyard.Service.Tests.Studies;

namespace Trainyard.Service.Tests.Http;

[Trait("Needs", "database")]
public sealed class OpenApiTests(DatabaseServer server)
{
    // With the dataset and the validation samples of the assignment.
    private const string Assignment = """{ "data": { "dataset": "fashion-mnist", "validationCount": 5000 }, "model": { "kind": "mlp", "dense": [8] }, "training": { "epochs": 3 } }""";

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
    public async Task Document_EveryBody_HasExamplesThatAreAccepted()
    {
        await using var app = await TestApp.StartAsync(server);
        var (_, document, _) = await app.Http.GetJsonAsync("/swagger/v1/swagger.json");
        var bodies =
            from path in document!["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            where operation.Value!["requestBody"] is not null
            select (Method: operation.Key, Path: path.Key, Body: operation.Value!["requestBody"]!["content"]!["application/json"]!);

        foreach (var (method, path, body) in bodies)
        {
            var examples = body["examples"]?.AsObject();
            Assert.True(examples is { Count: > 0 }, $"{method} {path} has no example: add one with WithExample.");
            foreach (var (name, example) in examples)
            {
                Assert.NotEmpty(example!["summary"]!.GetValue<string>());
                var id = await app.SubmitAsync("succeeded", path.EndsWith("/hand-ins", StringComparison.Ordinal) ? Assignment : Api.Xor);
                await app.StoreStudyAsync(id, "completed", run: id);
                using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), path.Replace("{id}", path.EndsWith("/hand-ins", StringComparison.Ordinal) ? "the-assignment" : path.Contains("/lessons/", StringComparison.Ordinal) ? "xor" : $"{id}", StringComparison.Ordinal) + (path == "/api/v1/experiments" ? "?name=default" : ""))
                {
                    // The run that an example names is the one that is there.
                    Content = new StringContent(example["value"]!.ToJsonString().Replace("019a0000-0000-7000-8000-000000000001", $"{id}", StringComparison.Ordinal), null, "application/json"),
                };

                var answer = await app.Http.AskAsync(request);
                if (path == "/api/v1/session")
                {
                    // It needs authentication and a token: see Document_ExampleOfSignIn_SignsInWithAToken.
                    Api.IsProblem(answer, HttpStatusCode.Conflict, "authentication-off");
                    continue;
                }

                if (path.EndsWith("/forward", StringComparison.Ordinal))
                {
                    // It needs weights: see Document_ExamplesOfTheForwardPass_AreAnsweredForATrainedRun.
                    Api.IsProblem(answer, HttpStatusCode.Conflict, "no-checkpoint");
                    continue;
                }

                Assert.True(answer.Response.IsSuccessStatusCode && answer.Body?["valid"]?.GetValue<bool>() != false, $"{method} {path}, {name}: {answer.Status} {answer.Body}");
            }
        }
    }

    [Fact]
    public async Task Document_ExampleOfSignIn_SignsInWithAToken()
    {
        await using var app = await AccessApp.StartAsync(server);
        var token = (await app.CreateTokenAsync("ann", AccessScope.Read)).Token;
        using var ann = app.ClientWith(token);
        using var anonymous = app.ClientWith(token: null);

        var example = Assert.Single(await ExamplesAsync(ann, "/api/v1/session"));
        var answer = await anonymous.PostJsonAsync("/api/v1/session", example.Replace("ty_...", token, StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.OK, "ann"), (answer.Status, answer.Body?["name"]?.GetValue<string>()));
    }

    [Fact]
    public async Task Document_ExamplesOfTheForwardPass_AreAnsweredForATrainedRun()
    {
        await using var app = await TestApp.StartAsync(server, "all");
        var id = await app.Http.SubmitAsync(
            """
            {
              "name": "points", "data": { "dataset": { "name": "moons", "trainSamples": 100, "testSamples": 100 } },
              "model": { "kind": "mlp", "dense": [4] }, "training": { "epochs": 1, "batchSize": 50 }
            }
            """);
        await Waiting.UntilAsync(async () => (string?)(await app.Http.GetJsonAsync($"/api/v1/runs/{id}")).Body!["state"] == "succeeded", "the run has succeeded");

        foreach (var example in await ExamplesAsync(app.Http, "/api/v1/runs/{id}/forward"))
        {
            var answer = await app.Http.PostJsonAsync($"/api/v1/runs/{id}/forward", example);

            Assert.True(answer.Status == HttpStatusCode.OK, $"{example}: {answer.Status} {answer.Body}");
            Assert.NotNull(answer.Body!["unit"]);
        }
    }

    // The bodies that the document gives as examples for POST at a path.
    private static async Task<IReadOnlyList<string>> ExamplesAsync(HttpClient http, string path)
    {
        var (_, document, _) = await http.GetJsonAsync("/swagger/v1/swagger.json");
        return [.. document!["paths"]![path]!["post"]!["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject().Select(example => example.Value!["value"]!.ToJsonString())];
    }

    [Fact]
    public void Document_EveryAnswer_HasAnExampleOfItsSchema()
    {
        var document = ApiDocument.Published;
        var answers =
            from operation in document.Operations
            from body in operation.Bodies()
            where body.Status[0] == '2' && body.Type == "application/json"
            select (Operation: operation, body.Status, body.Type, Schema: body.Schema["$ref"]!.GetValue<string>().Split('/')[^1]);

        Assert.All(answers, answer =>
        {
            var example = document.Json["components"]!["schemas"]![answer.Schema]!["example"];
            Assert.True(example is not null, $"{answer.Schema} has no example: add it to tests/long/response_examples.py.");
            using var body = JsonDocument.Parse(example.ToJsonString());
            Assert.Null(document.FindProblem(answer.Operation, answer.Status, answer.Type, body.RootElement));
        });
    }

    [Fact]
    public async Task Document_Tags_BeginWithRuns()
    {
        await using var app = await TestApp.StartAsync(server);
        var (_, document, _) = await app.Http.GetJsonAsync("/swagger/v1/swagger.json");

        var listed = document!["tags"]!.AsArray().Select(tag => tag!["name"]!.GetValue<string>()).ToList();

        Assert.Equal("Runs", listed[0]);
        var used = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).SelectMany(operation => operation.Value!["tags"]!.AsArray());
        Assert.All(used, tag => Assert.Contains(tag!.GetValue<string>(), listed));
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => (Path: path.Key, Method: operation.Key, Tag: $"{operation.Value!["tags"]![0]}")));
        Assert.Equal(
            ["post /api/v1/runs", "get /api/v1/runs", "get /api/v1/runs/{id}"],
            operations.Where(operation => operation.Tag == "Runs").Take(3).Select(operation => $"{operation.Method} {operation.Path}"));
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

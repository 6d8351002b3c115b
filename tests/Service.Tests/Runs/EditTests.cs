using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Trainyard.Service.Tests.Runs;

[Trait("Needs", "database")]
public sealed class EditTests(DatabaseServer server)
{
    [Fact]
    public async Task Edit_NameNotesAndTags_AreShownAndTheSpecStays()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();
        var (_, before, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}");

        var (status, run, _) = await EditAsync(app, id, """{ "name": " The one ", "notes": "first\r\nsecond", "tags": ["baseline", " to read ", "baseline"] }""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("The one", run!["name"]!.GetValue<string>());
        Assert.Equal("first\nsecond", run["notes"]!.GetValue<string>());
        Assert.Equal(["baseline", "to read"], run["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()));
        Assert.Equal(before!["spec"]!.ToJsonString(), run["spec"]!.ToJsonString());
        Assert.Equal(before["specSha256"]!.ToJsonString(), run["specSha256"]!.ToJsonString());
        var (_, list, _) = await app.Http.GetJsonAsync("/api/v1/runs");
        Assert.Equal(run["tags"]!.ToJsonString(), list!["items"]![0]!["tags"]!.ToJsonString());
    }

    [Fact]
    public async Task Edit_WhatIsLeftOut_Stays()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();
        await EditAsync(app, id, """{ "name": "a", "notes": "b", "tags": ["c"] }""");

        await EditAsync(app, id, """{ "notes": "" }""");
        var (_, run, _) = await EditAsync(app, id, "{}");

        Assert.Equal(("a", "", """["c"]"""), (run!["name"]!.GetValue<string>(), run["notes"]!.GetValue<string>(), run["tags"]!.ToJsonString()));
        (_, run, _) = await EditAsync(app, id, """{ "tags": [] }""");
        Assert.Empty(run!["tags"]!.AsArray());
    }

    [Fact]
    public async Task Edit_SameValuesAgain_ChangesNothing()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();
        const string Change = """{ "name": "a", "notes": "b", "tags": ["c"] }""";
        var (_, first, _) = await EditAsync(app, id, Change);

        var (_, second, _) = await EditAsync(app, id, Change);

        Assert.Equal(first!.ToJsonString(), second!.ToJsonString());
    }

    public static TheoryData<string, string> BadEdits => new()
    {
        { "name", """{ "name": "  " }""" },
        { "name", $$"""{ "name": "{{new string('n', 101)}}" }""" },
        { "name", """{ "name": "two\nlines" }""" },
        { "notes", $$"""{ "notes": "{{new string('n', 10_001)}}" }""" },
        { "notes", """{ "notes": "a\u0000b" }""" },
        { "tags/0", """{ "tags": [""] }""" },
        { "tags/1", """{ "tags": ["a", null] }""" },
        { "tags/0", $$"""{ "tags": ["{{new string('t', 41)}}"] }""" },
        { "tags", """{ "tags": "a" }""" },
        { "title", """{ "title": "a" }""" },
        { "name", """{ "name": "a", "name": "b" }""" },
        { "tags", $$"""{ "tags": [{{string.Join(',', Enumerable.Range(0, 21).Select(i => $"\"{i}\""))}}] }""" },
    };

    [Theory]
    [MemberData(nameof(BadEdits))]
    public async Task Edit_ValueOutOfRange_IsRefusedAndNamed(string member, string edit)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();

        var answer = await EditAsync(app, id, edit);

        Api.IsProblem(answer, HttpStatusCode.UnprocessableEntity, "invalid-body");
        var pointer = $"/{member}";
        Assert.Equal(pointer, Assert.Single(answer.Body!["findings"]!.AsArray())!["pointer"]!.GetValue<string>());
        Assert.StartsWith($"{pointer}: ", answer.Body["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_TextOfAnotherSystem_IsNormalizedAndMeasuredInCodePoints()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();
        var fires = string.Concat(Enumerable.Repeat("🔥", 40));

        var (status, run, _) = await EditAsync(app, id, $$"""{ "name": "\u1112\u1161\u11ab", "notes": "e\u0301", "tags": ["{{fires}}", "\u1100\u1161", "가"] }""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("한", "é"), (run!["name"]!.GetValue<string>(), run["notes"]!.GetValue<string>()));
        Assert.Equal([fires, "가"], run["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()));
        Api.IsProblem(await EditAsync(app, id, $$"""{ "tags": ["{{fires}}🔥"] }"""), HttpStatusCode.UnprocessableEntity, "invalid-body");
    }

    [Fact]
    public async Task Edit_UnknownRun_IsNotFound()
    {
        await using var app = await TestApp.StartAsync(server);

        Api.IsProblem(await EditAsync(app, Guid.CreateVersion7(), """{ "name": "a" }"""), HttpStatusCode.NotFound, "unknown-run");
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> EditAsync(TestApp app, Guid id, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/runs/{id}") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        return await app.Http.AskAsync(request);
    }
}

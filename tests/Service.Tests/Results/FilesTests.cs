using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Tests.Results;

[Trait("Needs", "database")]
public sealed class FilesTests(DatabaseServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Checkpoints_OfARun_SayWhichCanBeHad()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        Write(app, id, "checkpoints/step-2.safetensors", "two");
        Write(app, id, "checkpoints/step-3.safetensors", "not what was announced");
        await app.AppendAsync(id, Checkpoint(1, "one"), Checkpoint(2, "old"), Checkpoint(3, "three"), Checkpoint(2, "two"));

        var (status, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/checkpoints");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            [("step-1.safetensors", false), ("step-2.safetensors", true), ("step-3.safetensors", false)],
            page!["items"]!.AsArray().Select(item => (item!["file"]!.GetValue<string>(), item["available"]!.GetValue<bool>())));
        var second = page["items"]![1]!;
        Assert.Equal((1, 2, 3), (second["attempt"]!.GetValue<int>(), second["step"]!.GetValue<int>(), second["bytes"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Download_AvailableCheckpoint_IsItsBytesWithHashAndRanges()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        Write(app, id, "checkpoints/step-2.safetensors", "twotwo");
        await app.AppendAsync(id, Checkpoint(2, "twotwo"));

        var whole = await app.Http.GetAsync($"/api/v1/runs/{id}/checkpoints/step-2.safetensors", Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{id}/checkpoints/step-2.safetensors") { Headers = { Range = new RangeHeaderValue(3, 4) } };
        var part = await app.Http.SendAsync(request, Cancellation);

        Assert.Equal("twotwo", await whole.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal($"\"{Sha256("twotwo")}\"", whole.Headers.ETag?.Tag);
        Assert.Equal($"{id}-step-2.safetensors", whole.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("tw", await part.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Download_MissingFile_ReportsTheReason()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        await app.AppendAsync(id, Checkpoint(1, "one"));

        var answer = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/checkpoints/step-1.safetensors");

        Api.IsProblem(answer, HttpStatusCode.NotFound, "file-unavailable");
        Assert.Contains("only the latest are kept", answer.Body!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("spec.json")]
    [InlineData("..%2Fspec.json")]
    [InlineData("..%2F..%2Fsecret")]
    [InlineData("step-9.safetensors")]
    public async Task Download_FileThatNoEventNames_IsUnknown(string file)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        Write(app, id, "spec.json", "{}");
        Write(app, id, "checkpoints/spec.json", "{}");
        await File.WriteAllTextAsync(Path.Combine(app.DataDir, "secret"), "secret", Cancellation);
        await app.AppendAsync(id, Checkpoint(1, "one"));

        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/{id}/checkpoints/{file}"), HttpStatusCode.NotFound, "unknown-checkpoint");
    }

    [Fact]
    public async Task Log_OfARun_IsItsLastLines()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        Write(app, id, "trainer.log", "one\ntwo\nthree ü\n");

        var whole = await app.Http.GetAsync($"/api/v1/runs/{id}/log", Cancellation);

        Assert.Equal("text/plain", whole.Content.Headers.ContentType?.MediaType);
        Assert.Equal("one\ntwo\nthree ü\n", await whole.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("two\nthree ü\n", await app.Http.GetStringAsync($"/api/v1/runs/{id}/log?tail=2", Cancellation));
        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/{id}/log?tail=0"), HttpStatusCode.BadRequest, "bad-parameter");
    }

    [Fact]
    public async Task Log_LongerThanWhatIsRead_BeginsWithAWholeLine()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        Write(app, id, "trainer.log", string.Concat(Enumerable.Range(0, 60_000).Select(line => $"{line:D6} {new string('x', 92)}\n")));

        var log = await app.Http.GetStringAsync($"/api/v1/runs/{id}/log?tail=100000", Cancellation);

        Assert.InRange(log.Length, (4 << 20) - 100, 4 << 20);
        Assert.Matches("^0[0-9]{5} x", log);
        Assert.EndsWith("x\n", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_OnAnotherMachine_IsUnavailableAndBeforeTheFirstAttemptIsEmpty()
    {
        await using var app = await TestApp.StartAsync(server);
        var (waiting, held) = (await app.Http.SubmitAsync(), await app.HeldRunAsync());

        Assert.Equal("", await app.Http.GetStringAsync($"/api/v1/runs/{waiting}/log", Cancellation));
        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/{held}/log"), HttpStatusCode.NotFound, "file-unavailable");
    }

    [Theory]
    [InlineData("log")]
    [InlineData("checkpoints")]
    [InlineData("checkpoints/step-1.safetensors")]
    public async Task Files_OfNoRun_AreAProblem(string path)
    {
        await using var app = await TestApp.StartAsync(server);

        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/{Guid.CreateVersion7()}/{path}"), HttpStatusCode.NotFound, "unknown-run");
    }

    private static void Write(TestApp app, Guid id, string file, string text)
    {
        var path = Path.Combine(app.DataDir, "runs", id.ToString(), file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static CheckpointEvent Checkpoint(int step, string text) =>
        new() { Epoch = step, Step = step, File = $"checkpoints/step-{step}.safetensors", Bytes = text.Length, Sha256 = Sha256(text) };

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

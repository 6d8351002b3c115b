using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Xunit;

namespace Trainyard.Specs.Tests.Events;

public sealed class RunEventTests
{
    [Fact]
    public void Serialize_Line_CarriesTypeAndSnakeCaseEnums()
    {
        var line = new TrainerLine
        {
            Seq = 3,
            At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Event = FailedEvent.From(FailureClass.OutOfMemory, RunMessageCode.OomKilled),
        };

        var json = JsonSerializer.Serialize(line, SpecJson.Options);

        Assert.Equal(
            """{"seq":3,"at":"2026-01-02T03:04:05+00:00","event":{"type":"failed","class":"out_of_memory","code":"oom_killed","arguments":{},"message":"The trainer was killed while the system\u0027s out-of-memory killer was active. Use a smaller batchSize or a smaller network.","epoch":null,"step":null,"lastFinite":null}}""",
            json);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<TrainerLine>(json, SpecJson.Options), SpecJson.Options));
    }

    [Fact]
    public void Serialize_Notice_HasItsCodeAndArguments()
    {
        RunEvent notice = NoticeEvent.From(RunMessageCode.DownloadFinished, ("file", "a.gz"), ("folder", "/b"));
        var json = JsonSerializer.Serialize(notice, SpecJson.Options);
        Assert.Equal("""{"type":"notice","code":"download_finished","arguments":{"file":"a.gz","folder":"/b"},"message":"a.gz is in /b."}""", json);
        Assert.Equal(RunMessageCode.DownloadFinished, Assert.IsType<NoticeEvent>(JsonSerializer.Deserialize<RunEvent>(json, SpecJson.Options)).Code);
    }

    [Theory]
    [InlineData("""{"seq":1,"at":"2026-01-02T03:04:05Z","event":{"type":"explosion"}}""")]
    [InlineData("""{"seq":1,"at":"2026-01-02T03:04:05Z"}""")]
    [InlineData("""{"seq":1,"at":"2026-01-02T03:04:05Z","event":{"type":"notice","message":"a","more":1}}""")]
    public void Deserialize_UnknownTypeOrMember_IsAnError(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TrainerLine>(json, SpecJson.Options));
}

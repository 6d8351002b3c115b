using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;
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
            Event = new FailedEvent { Class = FailureClass.OutOfMemory, Message = "no memory" },
        };

        var json = JsonSerializer.Serialize(line, SpecJson.Options);

        Assert.Equal(
            """{"seq":3,"at":"2026-01-02T03:04:05+00:00","event":{"type":"failed","class":"out_of_memory","code":null,"arguments":null,"message":"no memory","epoch":null,"step":null,"lastFinite":null}}""",
            json);
        Assert.Equal(line, JsonSerializer.Deserialize<TrainerLine>(json, SpecJson.Options));
    }

    [Theory]
    [InlineData("""{"type":"state","state":"queued","reason":"paused by a person","worker":null}""")]
    [InlineData("""{"type":"notice","message":"a"}""")]
    [InlineData("""{"type":"failed","class":"crashed","message":"a","epoch":null,"step":null,"lastFinite":null}""")]
    public void Deserialize_EventOfAnEarlierVersion_HasNoCode(string json)
    {
        var read = JsonSerializer.SerializeToElement(JsonSerializer.Deserialize<RunEvent>(json, SpecJson.Options), SpecJson.Options);
        Assert.Equal(JsonValueKind.Null, read.GetProperty("code").ValueKind);
        Assert.Equal(JsonValueKind.Null, read.GetProperty("arguments").ValueKind);
    }

    [Fact]
    public void Serialize_Notice_HasItsCodeAndArguments()
    {
        RunEvent notice = new NoticeEvent { Code = RunMessageCode.DownloadFinished, Arguments = MessageArguments.Of(("file", "a.gz"), ("folder", "/b")), Message = "m" };
        var json = JsonSerializer.Serialize(notice, SpecJson.Options);
        Assert.Equal("""{"type":"notice","code":"download_finished","arguments":{"file":"a.gz","folder":"/b"},"message":"m"}""", json);
        Assert.Equal(RunMessageCode.DownloadFinished, Assert.IsType<NoticeEvent>(JsonSerializer.Deserialize<RunEvent>(json, SpecJson.Options)).Code);
    }

    [Theory]
    [InlineData("""{"seq":1,"at":"2026-01-02T03:04:05Z","event":{"type":"explosion"}}""")]
    [InlineData("""{"seq":1,"at":"2026-01-02T03:04:05Z"}""")]
    [InlineData("""{"seq":1,"at":"2026-01-02T03:04:05Z","event":{"type":"notice","message":"a","more":1}}""")]
    public void Deserialize_UnknownTypeOrMember_IsAnError(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TrainerLine>(json, SpecJson.Options));
}

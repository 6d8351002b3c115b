using System.Text;
using System.Text.Json;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;
using Xunit;

namespace Trainyard.Specs.Tests.Validation;

public sealed class RecordReaderTests
{
    private sealed record Sample
    {
        [Text(1, 5)]
        public required string Name { get; init; }

        [Number(1, 10)]
        public int? Count { get; init; }

        [Text(0, 20, Multiline = true)]
        public string? Notes { get; init; }

        [Items(0, 2), Text(1, 3)]
        public IReadOnlyList<string>? Tags { get; init; }

        [Items(1, 2)]
        public IReadOnlyList<SpecChange>? Changes { get; init; }

        public Device? Device { get; init; }

        public bool Flag { get; init; }

        public DateTimeOffset? At { get; init; }
    }

    private sealed record Unlimited
    {
        public string? Name { get; init; }
    }

    [Theory]
    [InlineData("""{ "name": " a\u0301 " }""", """{"name":"\u00E1"}""")]
    [InlineData("""{ "name": "🔥🔥🔥🔥🔥" }""", """{"name":"\uD83D\uDD25\uD83D\uDD25\uD83D\uDD25\uD83D\uDD25\uD83D\uDD25"}""")]
    [InlineData("""{ "count": 3.0, "name": "a" }""", """{"name":"a","count":3}""")]
    [InlineData("""{ "name": "a", "count": null, "notes": "\ta\r\nb\r" }""", """{"name":"a","count":null,"notes":"a\nb"}""")]
    [InlineData("""{ "name": "a", "device": "cuda", "flag": true, "tags": ["x", "y"] }""", """{"name":"a","tags":["x","y"],"device":"cuda","flag":true}""")]
    [InlineData("""{ "name": "a", "at": "2030-01-02T03:04:05Z" }""", """{"name":"a","at":"2030-01-02T03:04:05.0000000\u002B00:00"}""")]
    [InlineData("""{ "name": "a", "changes": [{ "value": { "b": [1.50, -0.0, 1e3, null] }, "path": "" }] }""", """{"name":"a","changes":[{"path":"","value":{"b":[1.5,0,1000,null]}}]}""")]
    public void Read_GoodDocument_IsCanonical(string document, string canonical)
    {
        var reading = Read<Sample>(document);

        Assert.Empty(reading.Findings);
        Assert.Equal(canonical, Encoding.UTF8.GetString(reading.Document!));
        Assert.NotNull(JsonSerializer.Deserialize<Sample>(reading.Document, SpecJson.Options));
    }

    [Theory]
    [InlineData("""{ }""", "/name", SpecFindingCode.MissingValue)]
    [InlineData("""{ "name": null }""", "/name", SpecFindingCode.WrongType)]
    [InlineData("""{ "name": "" }""", "/name", SpecFindingCode.WrongText)]
    [InlineData("""{ "name": "123456" }""", "/name", SpecFindingCode.WrongText)]
    [InlineData("""{ "name": "a\nb" }""", "/name", SpecFindingCode.WrongText)]
    [InlineData("""{ "name": "a", "name": "b" }""", "/name", SpecFindingCode.DuplicateMember)]
    [InlineData("""{ "name": "a", "nam": "b" }""", "/nam", SpecFindingCode.UnknownMember)]
    [InlineData("""{ "name": "a", "count": "3" }""", "/count", SpecFindingCode.WrongType)]
    [InlineData("""{ "name": "a", "count": 3.5 }""", "/count", SpecFindingCode.NotAnInteger)]
    [InlineData("""{ "name": "a", "count": -0.0 }""", "/count", SpecFindingCode.OutOfRange)]
    [InlineData("""{ "name": "a", "count": 1e999 }""", "/count", SpecFindingCode.OutOfRange)]
    [InlineData("""{ "name": "a", "notes": "a\u0007" }""", "/notes", SpecFindingCode.WrongText)]
    [InlineData("""{ "name": "a", "tags": "x" }""", "/tags", SpecFindingCode.WrongList)]
    [InlineData("""{ "name": "a", "tags": ["x", "y", "z"] }""", "/tags", SpecFindingCode.WrongList)]
    [InlineData("""{ "name": "a", "tags": ["x", null] }""", "/tags/1", SpecFindingCode.WrongType)]
    [InlineData("""{ "name": "a", "tags": ["long"] }""", "/tags/0", SpecFindingCode.WrongText)]
    [InlineData("""{ "name": "a", "changes": [] }""", "/changes", SpecFindingCode.WrongList)]
    [InlineData("""{ "name": "a", "changes": [null] }""", "/changes/0", SpecFindingCode.NotAnObject)]
    [InlineData("""{ "name": "a", "changes": [{ "path": "/a" }] }""", "/changes/0/value", SpecFindingCode.MissingMember)]
    [InlineData("""{ "name": "a", "changes": [{ "path": "", "value": [{ "a": 1, "a": 2 }] }] }""", "/changes/0/value/0/a", SpecFindingCode.DuplicateMember)]
    [InlineData("""{ "name": "a", "device": "gpu" }""", "/device", SpecFindingCode.NotAChoice)]
    [InlineData("""{ "name": "a", "device": 0 }""", "/device", SpecFindingCode.WrongType)]
    [InlineData("""{ "name": "a", "flag": null }""", "/flag", SpecFindingCode.WrongType)]
    [InlineData("""{ "name": "a", "flag": "true" }""", "/flag", SpecFindingCode.WrongType)]
    [InlineData("""{ "name": "a", "at": "2030-01-02T03:04:05" }""", "/at", SpecFindingCode.WrongType)]
    [InlineData("""{ "name": "a", "at": "2030-01-02" }""", "/at", SpecFindingCode.WrongType)]
    [InlineData("""{ "name": "a", "at": 1893553445 }""", "/at", SpecFindingCode.WrongType)]
    public void Read_OneError_IsNamedByPointerAndCode(string document, string pointer, SpecFindingCode code)
    {
        var reading = Read<Sample>(document);

        Assert.Null(reading.Document);
        var finding = Assert.Single(reading.Findings);
        Assert.Equal((pointer, code), (finding.Pointer, finding.Code));
        Assert.All((string[])[finding.Message, finding.Allowed, finding.Fix], Assert.NotEmpty);
    }

    [Fact]
    public void Read_SeveralErrors_AreReportedAtOnce() => Assert.Equal(
        ["/count", "/name", "/tags/0", "/unknown"],
        Read<Sample>("""{ "name": 1, "count": 11, "tags": [2], "unknown": 3 }""").Findings.Select(finding => finding.Pointer).Order(StringComparer.Ordinal));

    [Fact]
    public void Read_VeryLongText_IsRefusedBeforeItIsNormalized()
    {
        var marks = string.Concat(Enumerable.Range(0, 200_000).Select(i => i % 2 == 0 ? '\u0301' : '\u0323'));

        var finding = Assert.Single(Read<Sample>($$"""{ "name": "{{marks}}" }""").Findings);

        Assert.Equal(200_000, finding.Arguments["length"].GetInt32());
    }

    [Fact]
    public void Read_StringWithoutLimit_IsAnErrorOfTheRecord() => Assert.Throws<NotSupportedException>(() => Read<Unlimited>("{}"));

    private static RecordReading Read<T>(string document) => RecordReader.Read(typeof(T), Encoding.UTF8.GetBytes(document));
}

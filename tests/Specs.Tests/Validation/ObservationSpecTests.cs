using System.Text.Json.Nodes;
using Trainyard.Specs.Spec;
using Xunit;

namespace Trainyard.Specs.Tests.Validation;

public sealed class ObservationSpecTests
{
    private static readonly ObservationSpec On = new() { EveryEpochs = null, Histograms = true };

    public static TheoryData<string?, ObservationSpec?> Forms => new()
    {
        { null, On },
        { "true", On },
        { "{}", On },
        { """{ "everyEpochs": 5, "histograms": false }""", new ObservationSpec { EveryEpochs = 5, Histograms = false } },
        { "\"off\"", null },
        { "false", null },
        { "null", null },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Read_EachForm_IsOnUnlessTurnedOff(string? json, ObservationSpec? expected)
    {
        var reading = Read(json);
        Assert.Empty(reading.Findings);
        Assert.Equal(expected, reading.Spec!.Training.Observe);
        // The canonical form reads back as the same.
        Assert.Equal(expected, SpecDocument.Read(reading.Spec.ToJson()).Spec!.Training.Observe);
    }

    [Theory]
    [InlineData("\"on\"", "/training/observe")]
    [InlineData("7", "/training/observe")]
    [InlineData("""{ "everyEpochs": 0 }""", "/training/observe/everyEpochs")]
    [InlineData("""{ "histogram": true }""", "/training/observe/histogram")]
    public void Read_AnythingElse_IsReportedWhereItIs(string json, string pointer) =>
        Assert.Equal(pointer, Assert.Single(Read(json).Findings).Pointer);

    private static Specs.Validation.SpecReading Read(string? json) => SpecDocument.ReadChanged(document =>
    {
        if (json is not null)
        {
            document["training"]!["observe"] = JsonNode.Parse(json);
        }
    });
}

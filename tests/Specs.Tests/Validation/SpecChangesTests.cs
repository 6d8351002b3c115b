using System.Text.Json;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;
using Xunit;

namespace Trainyard.Specs.Tests.Validation;

public sealed class SpecChangesTests
{
    private static readonly ExperimentSpec Spec = SpecDocument.Read(SpecDocument.Cnn).Spec!;

    [Fact]
    public void Apply_MembersItemsAndNull_ChangesExactlyThose()
    {
        var reading = SpecChanges.Apply(
            Spec,
            [
                Change("/training/optimizer/learningRate", "0.01"), Change("/model/blocks/1/filters", "32"), Change("/model/dense/0", "64"),
                Change("/training/earlyStopping", """{ "patience": 3 }"""), Change("/training/weightDecay", "null"),
                Change("/model/dense/-", "16"), Change("/model/blocks/0", "null"),
            ]);

        Assert.Empty(reading.Findings);
        var spec = reading.Spec!;
        Assert.Equal((0.01, 32, 3, "none"), (spec.Training.Optimizer.Number("learningRate"), Assert.Single(spec.Model.Blocks).Filters, spec.Training.EarlyStopping!.Patience, spec.Training.WeightDecay.Name));
        Assert.Equal([64, 16], spec.Model.Dense);
        Assert.Equal("l2", Spec.Training.WeightDecay.Name);
    }

    [Theory]
    [InlineData("training")]
    [InlineData("/nowhere/epochs")]
    [InlineData("/model/blocks/2/filters")]
    [InlineData("/model/dense/2")]
    [InlineData("/seed/more")]
    public void Apply_PointerToNowhere_IsAFinding(string path)
    {
        var reading = SpecChanges.Apply(Spec, [Change("/seed", "2"), Change(path, "1")]);
        Assert.False(reading.IsValid);
        Assert.Equal(path, Assert.Single(reading.Findings).Pointer);
    }

    [Fact]
    public void Apply_ValueThatTheSpecRefuses_IsTheReadersFinding() =>
        Assert.Equal("/training/epochs", Assert.Single(SpecChanges.Apply(Spec, [Change("/training/epochs", "0")]).Findings).Pointer);

    private static SpecChange Change(string path, string value) => new() { Path = path, Value = JsonSerializer.Deserialize<JsonElement>(value) };
}

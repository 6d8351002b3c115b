using System.Text.Json;
using Trainyard.Specs.Diagnosis;
using Xunit;

namespace Trainyard.Specs.Tests.Diagnosis;

public sealed class SpecChangesTests
{
    private static readonly ExperimentSpec Spec = SpecDocument.Read(SpecDocument.Cnn).Spec!;

    [Fact]
    public void Apply_MembersItemsAndNull_ChangesExactlyThose()
    {
        var changed = SpecChanges.Apply(
            Spec,
            [
                Change("/training/optimizer/learningRate", "0.01"), Change("/model/blocks/1/filters", "32"), Change("/model/dense/0", "64"),
                Change("/training/earlyStopping", """{ "patience": 3 }"""), Change("/training/weightDecay", "null"),
            ]);

        var reading = SpecDocument.Read(changed.ToJsonString());
        Assert.Empty(reading.Findings);
        var spec = reading.Spec!;
        Assert.Equal((0.01, 32, 64, 3, "none"), (spec.Training.Optimizer.Number("learningRate"), spec.Model.Blocks[1].Filters, spec.Model.Dense[0], spec.Training.EarlyStopping!.Patience, spec.Training.WeightDecay.Name));
        Assert.Equal(8, spec.Model.Blocks[0].Filters);
        Assert.Equal("l2", Spec.Training.WeightDecay.Name);
    }

    [Theory]
    [InlineData("training")]
    [InlineData("/nowhere/epochs")]
    [InlineData("/model/blocks/2/filters")]
    [InlineData("/model/dense/1")]
    [InlineData("/seed/more")]
    public void Apply_PointerToNowhere_NamesIt(string path) =>
        Assert.Contains(path, Assert.Throws<ArgumentException>(() => SpecChanges.Apply(Spec, [Change(path, "1")])).Message, StringComparison.Ordinal);

    private static SpecChange Change(string path, string value) => new() { Path = path, Value = JsonSerializer.Deserialize<JsonElement>(value) };
}

using System.Text;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Validation;
using Xunit;

namespace Trainyard.Specs.Tests.Validation;

public sealed class SpecLimitsTests
{
    private const string Images =
        """{ "data": { "dataset": "cifar-10" }, "model": { "kind": "cnn", "blocks": [{ "filters": 64 }, { "filters": 64 }] }, "training": { "batchSize": 4096 } }""";

    [Fact]
    public void Memory_AboveTheHostsOwn_IsAnErrorWhoseFixFits()
    {
        var limits = new SpecLimits { MaximumMemoryBytes = 2L << 30 };
        var finding = Assert.Single(Read(Images, limits).Findings);

        Assert.Equal((SpecFindingCode.TooMuchMemory, FindingSeverity.Error, "/training/batchSize"), (finding.Code, finding.Severity, finding.Pointer));
        var batch = finding.Arguments["suggested"].GetInt32();
        var smaller = Read(Images.Replace("4096", $"{batch}", StringComparison.Ordinal), limits);
        Assert.True(smaller.IsValid);
        Assert.InRange(TrainingCost.MemoryBytes(smaller.Spec, smaller.Plan), 1.9 * (1L << 30), 2L << 30);
        Assert.False(Read(Images.Replace("4096", $"{batch + 1}", StringComparison.Ordinal), limits).IsValid);
    }

    [Fact]
    public void Memory_ThatNoBatchFits_IsAnErrorOfTheModel()
    {
        var finding = Assert.Single(Read(Images, new SpecLimits { MaximumMemoryBytes = 100 << 20 }).Findings);
        Assert.Equal(("/model", "Use a smaller network or dataset."), (finding.Pointer, finding.Fix));
    }

    [Fact]
    public void Memory_OfAGpu_HasItsOwnLimit()
    {
        var cuda = Images.Replace("\"batchSize\"", "\"device\": \"cuda\", \"batchSize\"", StringComparison.Ordinal);
        Assert.True(Read(cuda, new SpecLimits { MaximumMemoryBytes = 1 << 20 }).IsValid);
        Assert.False(Read(cuda, new SpecLimits { MaximumGpuMemoryBytes = 1 << 20 }).IsValid);
    }

    [Fact]
    public void Memory_OfADataset_Counts()
    {
        static long Bytes(int samples)
        {
            var reading = SpecDocument.Read($$"""{ "data": { "dataset": { "name": "shapes", "trainSamples": {{samples}} } }, "model": { "kind": "mlp" } }""");
            return TrainingCost.MemoryBytes(reading.Spec!, reading.Plan!);
        }

        // Twice the 3,072 bytes of an image, and its label as a byte and as a 64-bit number.
        Assert.Equal(1000 * ((2 * 3072) + 9), Bytes(3000) - Bytes(2000));
    }

    // About 12 TB and 65 years on a machine with two cores.
    [Fact]
    public void Spec_BeyondEveryMachine_IsRefused()
    {
        var reading = SpecDocument.Read(
            """
            { "data": { "dataset": "cifar-10" }, "model": { "kind": "cnn", "blocks": [{ "filters": 1024, "convolutions": 10, "pool": "none" }] },
              "training": { "epochs": 10000, "batchSize": 65536 } }
            """);
        Assert.False(reading.IsValid);
        Assert.Equal(
            [SpecFindingCode.TooMuchMemory, SpecFindingCode.TooLong],
            reading.Findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.Code));
    }

    [Fact]
    public void Epochs_BeyondTheTimeLimit_AreAnErrorWhoseFixFits()
    {
        const string Slow = """
            { "data": { "dataset": "cifar-10" }, "model": { "kind": "preset", "preset": "resnet9" }, "training": { "epochs": 10000, "timeLimitSeconds": 86400 } }
            """;
        var finding = SpecDocument.Read(Slow).Findings.Single(finding => finding.Code == SpecFindingCode.TooLong);

        Assert.Equal(("/training/epochs", 86_400), (finding.Pointer, finding.Arguments["limitSeconds"].GetDouble()));
        var epochs = finding.Arguments["suggested"].GetInt32();
        Assert.True(SpecDocument.Read(Slow.Replace("10000", $"{epochs}", StringComparison.Ordinal)).IsValid);
        Assert.False(SpecDocument.Read(Slow.Replace("10000", $"{epochs + 1}", StringComparison.Ordinal)).IsValid);
    }

    [Theory]
    [InlineData("", 3600.0)]
    [InlineData("\"timeLimitSeconds\": null", 3600.0)]
    [InlineData("\"timeLimitSeconds\": 5", 5.0)]
    public void TimeLimit_ThatTheSpecLeavesOut_IsTheDefaultOfTheHost(string training, double expected)
    {
        var spec = $$"""{ "data": { "dataset": "xor" }, "model": { "kind": "mlp" }, "training": { {{training}} } }""";
        var limits = new SpecLimits { DefaultTimeLimitSeconds = 3600 };

        Assert.Equal(expected, Read(spec, limits).Spec!.Training.TimeLimitSeconds);
        Assert.Equal(expected, SpecChanges.Apply(SpecDocument.Read(spec).Spec!, [], limits).Spec!.Training.TimeLimitSeconds);
    }

    private static SpecReading Read(string json, SpecLimits limits) => SpecReader.Read(Encoding.UTF8.GetBytes(json), limits);
}

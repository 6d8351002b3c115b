using Trainyard.Specs.Spec;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Tests.Setup;

public sealed class ProductPrecisionTests
{
    // Dense networks that are no chain of small layers gain from 4 million operations for each dense layer on.
    [Theory]
    [InlineData("""{ "kind": "mlp", "dense": [8] }""", 32, false)]
    [InlineData("""{ "kind": "mlp", "dense": [64, 64] }""", 256, false)]
    [InlineData("""{ "kind": "mlp", "dense": [128, 128] }""", 100, false)]
    [InlineData("""{ "kind": "mlp", "dense": [128, 128] }""", 128, false)]
    [InlineData("""{ "kind": "mlp", "dense": [256, 256] }""", 32, false)]
    [InlineData("""{ "kind": "mlp", "dense": [128, 128], "batchNorm": true }""", 100, false)]
    [InlineData("""{ "kind": "mlp", "dense": [128, 128], "batchNorm": true }""", 128, true)]
    [InlineData("""{ "kind": "mlp", "dense": [600, 600] }""", 64, true)]
    public void Decide_AutoOnTheProcessor_NeedsLayersThatGain(string model, int batchSize, bool gains)
    {
        var plan = TestSpecs.Read($$"""{ "data": { "dataset": "moons" }, "model": {{model}} }""").Plan!;
        Assert.Equal(gains ? Hardware : Precision.Float32, ProductPrecision.Decide(Precision.Auto, Specs.Spec.Device.Cpu, plan, batchSize));
        Assert.Equal(Precision.Bfloat16, ProductPrecision.Decide(Precision.Auto, Specs.Spec.Device.Cuda, plan, batchSize));
    }

    [Fact]
    public void Decide_AutoOfAConvolution_FollowsTheHardware() => Assert.Equal(
        Hardware, ProductPrecision.Decide(Precision.Auto, Specs.Spec.Device.Cpu, TestSpecs.Read(TestSpecs.Shapes()).Plan!, batchSize: 1));

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Bfloat16)]
    public void Decide_Explicit_IsKept(Precision precision) =>
        Assert.Equal(precision, ProductPrecision.Decide(precision, Specs.Spec.Device.Cpu, TestSpecs.Read(TestSpecs.Xor).Plan!, batchSize: 1));

    private static Precision Hardware
    {
        get
        {
            var flags = File.ReadAllText("/proc/cpuinfo");
            return flags.Contains("amx_bf16", StringComparison.Ordinal) || flags.Contains("avx512_bf16", StringComparison.Ordinal) ? Precision.Bfloat16 : Precision.Float32;
        }
    }
}

using Trainyard.Specs.Training;
using Trainyard.Trainer.Runtime;

namespace Trainyard.Trainer.Tests.Runtime;

public sealed class ProductPrecisionTests
{
    [Fact]
    public void Decide_Auto_FollowsTheHardware()
    {
        var expected = File.ReadAllText("/proc/cpuinfo") is var text && (text.Contains("amx_bf16", StringComparison.Ordinal) || text.Contains("avx512_bf16", StringComparison.Ordinal))
            ? Precision.Bfloat16
            : Precision.Float32;
        Assert.Equal(expected, ProductPrecision.Decide(Precision.Auto, Specs.Training.Device.Cpu));
        Assert.Equal(Precision.Bfloat16, ProductPrecision.Decide(Precision.Auto, Specs.Training.Device.Cuda));
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Bfloat16)]
    public void Decide_Explicit_IsKept(Precision precision) => Assert.Equal(precision, ProductPrecision.Decide(precision, Specs.Training.Device.Cpu));
}

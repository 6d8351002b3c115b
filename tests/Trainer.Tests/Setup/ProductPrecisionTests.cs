using Trainyard.Specs.Spec;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Tests.Setup;

public sealed class ProductPrecisionTests
{
    [Fact]
    public void Decide_Auto_FollowsTheHardware()
    {
        var expected = File.ReadAllText("/proc/cpuinfo") is var text && (text.Contains("amx_bf16", StringComparison.Ordinal) || text.Contains("avx512_bf16", StringComparison.Ordinal))
            ? Precision.Bfloat16
            : Precision.Float32;
        Assert.Equal(expected, ProductPrecision.Decide(Precision.Auto, Specs.Spec.Device.Cpu));
        Assert.Equal(Precision.Bfloat16, ProductPrecision.Decide(Precision.Auto, Specs.Spec.Device.Cuda));
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Bfloat16)]
    public void Decide_Explicit_IsKept(Precision precision) => Assert.Equal(precision, ProductPrecision.Decide(precision, Specs.Spec.Device.Cpu));
}

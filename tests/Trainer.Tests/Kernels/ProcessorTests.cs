using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Tests.Kernels;

public sealed class ProcessorTests
{
    [Theory]
    [InlineData(null, true, true)]
    [InlineData("DEFAULT", true, true)]
    [InlineData("AVX512_CORE_AMX", true, true)]
    [InlineData("avx512_core_amx_fp16", true, true)]
    [InlineData("AVX10_1_512", true, false)]
    [InlineData("AVX512_CORE_BF16", true, false)]
    [InlineData("AVX512_CORE", false, false)]
    [InlineData("AVX2", false, false)]
    [InlineData("SSE41", false, false)]
    public void Allows_LimitOfOneDnn_IsThatOfItsInstructionSets(string? limit, bool bfloat16, bool tiles)
    {
        Assert.Equal(bfloat16, Processor.AllowsBfloat16(limit));
        Assert.Equal(tiles, Processor.AllowsTiles(limit));
    }
}

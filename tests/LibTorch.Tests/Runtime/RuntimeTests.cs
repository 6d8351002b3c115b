using System.Text.RegularExpressions;

namespace Trainyard.LibTorch.Tests.Runtime;

/// <summary>Alone, because the number of threads belongs to the whole process.</summary>
[CollectionDefinition(nameof(RuntimeTests), DisableParallelization = true)]
[Collection(nameof(RuntimeTests))]
public sealed partial class RuntimeTests
{
    [Fact]
    public void Threads_Set_AreUsedByEveryThreadOfTheProcess()
    {
        var before = get_num_threads();
        set_num_threads(2);
        Assert.Equal(2, get_num_threads());
        set_num_threads(1);
        Assert.Equal(1, get_num_threads());
        set_num_threads(before);
        Assert.True(get_num_interop_threads() >= 1);
    }

    [Fact]
    public void Version_IsLibtorchs() => Assert.Matches(VersionNumber(), torch.__version__);

    [Theory]
    [InlineData("cpu", DeviceType.CPU, -1, "cpu")]
    [InlineData("cuda", DeviceType.CUDA, -1, "cuda")]
    [InlineData("cuda:1", DeviceType.CUDA, 1, "cuda:1")]
    public void Device_FromText_IsReadAndPrinted(string text, DeviceType type, int index, string printed)
    {
        var device = new Device(text);
        Assert.Equal(type, device.type);
        Assert.Equal(index, device.index);
        Assert.Equal(printed, device.ToString());
    }

    [GeneratedRegex(@"^\d+\.\d+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionNumber();
}

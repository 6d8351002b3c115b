using System.Diagnostics;

namespace Trainyard.Trainer.Tests.Kernels;

/// <summary>The tests of the kernels in a process of their own, on a processor as if it had shorter vectors.</summary>
public sealed class VectorWidthTests
{
    private static readonly Type[] Classes = [typeof(BatchNormActivationTests), typeof(CrossEntropyTests), typeof(DenseChainTests), typeof(WinogradConvolutionTests)];

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Kernels_WithoutAnInstructionSet_PassTheirTests(string instructions)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["-noColor", .. Classes.SelectMany(tests => (string[])["-class", tests.FullName!])])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { [instructions] = "0" },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("Failed: 0", output, StringComparison.Ordinal);
    }
}

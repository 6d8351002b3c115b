using System.Globalization;
using Trainyard.Specs.Events;

namespace Trainyard.Trainer.Tests.Training;

[Trait("Needs", "process")]
public sealed class MemoryTests
{
    // Up to here memory still settles, by about 2 %: hot methods are compiled again, the collector finds its budget, pools fill.
    private const int From = 60;
    private const int Epochs = 50;
    private const double LargestGrowth = 0.02;

    [Fact]
    public async Task Train_FiftyEpochs_GrowsResidentMemoryByLessThanTwoPercent()
    {
        using var folder = new TemporaryFolder();
        await using var trainer = TrainerProcess.Train(folder, TestSpecs.Shapes(epochs: From + Epochs + 5), "--checkpoint-seconds", "1");
        await trainer.NextAsync<EpochEvent>(epoch => epoch.Epoch == From);
        var before = ResidentBytes(trainer.Id);
        await trainer.NextAsync<EpochEvent>(epoch => epoch.Epoch == From + Epochs);
        var after = ResidentBytes(trainer.Id);
        await trainer.ExpectExitAsync(0);
        Assert.True(after < before * (1 + LargestGrowth), $"{before / 1e6:F1} MB after epoch {From}, {after / 1e6:F1} MB after epoch {From + Epochs}.");
    }

    private static long ResidentBytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").Single(status => status.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}

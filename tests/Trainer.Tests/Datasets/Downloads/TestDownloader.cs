using Trainyard.Trainer.Datasets.Downloads;

namespace Trainyard.Trainer.Tests.Datasets.Downloads;

/// <summary>Downloaders for tests.</summary>
internal static class TestDownloader
{
    /// <summary>Tells nobody, and hardly waits between tries.</summary>
    public static Downloader Quiet { get; } = new((_, _) => { }, TimeProvider.System, TimeSpan.FromMilliseconds(10));
}

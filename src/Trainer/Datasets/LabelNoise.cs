using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Datasets;

/// <summary>Wrong labels on purpose, to see a network memorise (Zhang et al., 2017).</summary>
internal static class LabelNoise
{
    /// <summary>Replaces the labels of a share of the samples, each by one of the other classes with equal probability.</summary>
    /// <param name="labels">Class of each sample; stays as it is.</param>
    /// <param name="train">Indices of the samples that are learned from; no other label changes.</param>
    /// <param name="share">Share that is replaced, 0 to 1, rounded to whole samples.</param>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <param name="seed">The run's seed.</param>
    public static byte[] Apply(byte[] labels, ReadOnlySpan<int> train, double share, int classes, RunSeed seed)
    {
        var random = seed.Stream(RandomPurpose.LabelNoise);
        var chosen = train.ToArray();
        random.Shuffle(chosen.AsSpan());
        var noisy = (byte[])labels.Clone();
        foreach (var sample in chosen.AsSpan(0, (int)Math.Round(share * chosen.Length)))
        {
            noisy[sample] = (byte)((labels[sample] + 1 + random.NextIndex(classes - 1)) % classes);
        }

        return noisy;
    }
}

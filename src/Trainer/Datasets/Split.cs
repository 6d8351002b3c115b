using Trainyard.Specs.Spec;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Datasets;

/// <summary>Which samples are trained on and which are held out for validation, as rising indices.</summary>
internal sealed record Split(int[] Train, int[] Validation)
{
    // Splits by the spec: shuffled by the seed, each class in proportion. A limit is taken from the training side, in proportion too.
    public static Split Create(ReadOnlySpan<byte> labels, DataSpec spec, RunSeed seed)
    {
        var classes = new List<int>[256];
        for (var sample = 0; sample < labels.Length; sample++)
        {
            (classes[labels[sample]] ??= []).Add(sample);
        }

        var random = seed.Stream(RandomPurpose.Split);
        var shuffled = classes.Where(members => members is not null).Select(members => members.ToArray()).ToArray();
        foreach (var members in shuffled)
        {
            random.Shuffle(members.AsSpan());
        }

        var heldOut = Shares(shuffled, Math.Min(spec.ValidationSamples(labels.Length), labels.Length));
        var validation = Take(shuffled, heldOut);
        var rest = shuffled.Select((members, index) => members[heldOut[index]..]).ToArray();
        var limit = Math.Min(spec.TrainLimit ?? int.MaxValue, rest.Sum(members => members.Length));
        return new Split(Take(rest, Shares(rest, limit)), validation);
    }

    // How many of each class, so that together they are 'count': proportional, the largest remainders rounded up.
    private static int[] Shares(int[][] classes, int count)
    {
        var total = classes.Sum(members => (long)members.Length);
        var shares = Array.ConvertAll(classes, members => (int)((long)members.Length * count / total));
        var byRemainder = Enumerable.Range(0, classes.Length).OrderByDescending(index => (long)classes[index].Length * count % total).ThenBy(index => index);
        foreach (var index in byRemainder.Take(count - shares.Sum()))
        {
            shares[index]++;
        }

        return shares;
    }

    private static int[] Take(int[][] classes, int[] shares) => [.. classes.SelectMany((members, index) => members[..shares[index]]).Order()];
}

/// <summary>Random labels, to see a network memorize (Zhang et al., 2017).</summary>
internal static class LabelNoise
{
    // Replaces the labels of a share of the samples, each by one of the other classes with equal probability.
    // labels: Class of each sample; not changed. train: Indices of the training samples; no other label changes. share: Share that is replaced, 0 to 1, rounded
    // to whole samples. classes: Number of classes, at least 2.
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

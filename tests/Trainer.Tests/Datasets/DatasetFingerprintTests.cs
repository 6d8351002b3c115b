using Trainyard.Specs.Events;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Random;
using Trainyard.Trainer.Tests.Training;

namespace Trainyard.Trainer.Tests.Datasets;

public sealed class DatasetFingerprintTests
{
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, 40).Select(index => (byte)((37 * index) % 256))];
    private static readonly byte[] Labels = [0, 1, 2, 0, 1];

    // From Python, without this project:
    //   p, l = bytes(37 * i % 256 for i in range(40)), bytes([0, 1, 2, 0, 1])
    //   hashlib.sha256(b"3x2x2x2 Byte;" + p[:24] + l[:3] + b"2x2x2x2 Byte;" + p[24:] + l[3:]).hexdigest()
    [Fact]
    public void Of_AKnownDataset_IsTheSha256OfItsSizesSamplesAndLabels() =>
        Assert.Equal("5c2fa51dd373cf4d19706841daa4fc5039b7297ff62ed7c7285b03a9c8fa5d9e", DatasetFingerprint.Compute(Images(Pixels, Labels)));

    [Fact]
    public void Of_TheSameContent_IsTheSame() => Assert.Equal(DatasetFingerprint.Compute(Images(Pixels, Labels)), DatasetFingerprint.Compute(Images([.. Pixels], [.. Labels])));

    [Fact]
    public void Of_AnyOneChange_IsAnother()
    {
        // Each of the bytes, in the training set and in the test set.
        var changed = Enumerable.Range(0, Pixels.Length).Select(index => Images(WithOneMore(Pixels, index), Labels))
            .Concat(Enumerable.Range(0, Labels.Length).Select(index => Images(Pixels, WithOneMore(Labels, index))));
        string[] fingerprints = [DatasetFingerprint.Compute(Images(Pixels, Labels)), .. changed.Select(DatasetFingerprint.Compute)];
        Assert.Equal(1 + Pixels.Length + Labels.Length, fingerprints.Distinct().Count());
    }

    [Fact]
    public void Of_TheSameSamplesDividedElsewhere_IsAnother() => Assert.NotEqual(
        DatasetFingerprint.Compute(Images(Pixels, Labels, train: 3)), DatasetFingerprint.Compute(Images(Pixels, Labels, train: 2)));

    [Fact]
    public void Of_TheSameBytesInAnotherShapeOrFormat_IsAnother()
    {
        var images = Images(Pixels, Labels);
        Assert.NotEqual(DatasetFingerprint.Compute(images), DatasetFingerprint.Compute(images with { Train = images.Train with { Shape = [2, 4, 1] } }));
        Assert.NotEqual(DatasetFingerprint.Compute(images), DatasetFingerprint.Compute(images with { Train = images.Train with { Format = ScalarType.Int8 } }));
    }

    [Fact]
    public void Train_AnyRun_ReportsTheFingerprintOfItsData()
    {
        const string Xor = """
            { "seed": 2, "data": { "dataset": { "name": "xor", "noise": 0.2 }, "seed": 11 }, "model": { "kind": "mlp", "dense": [2] }, "training": { "epochs": 1 } }
            """;
        using var folder = new TemporaryFolder();
        var reading = TestSpecs.Read(Xor);
        var run = InProcessRun.Train(reading, folder.Path, checkpoints: false);
        var drawn = PlanePoints.Generate(reading.Spec!.Data.Dataset, new RunSeed(11));
        Assert.Equal(DatasetFingerprint.Compute(drawn), run.Events.OfType<StartedEvent>().Single().Data!.Fingerprint);
    }

    private static byte[] WithOneMore(byte[] bytes, int index)
    {
        byte[] changed = [.. bytes];
        changed[index]++;
        return changed;
    }

    // Images of two channels and 2 x 2 pixels: the first ones to learn from, the others for the test.
    private static Dataset Images(byte[] pixels, byte[] labels, int train = 3) => new(
        new SampleSet { Shape = [2, 2, 2], Format = ScalarType.Byte, Values = pixels[..(8 * train)], Labels = labels[..train] },
        new SampleSet { Shape = [2, 2, 2], Format = ScalarType.Byte, Values = pixels[(8 * train)..], Labels = labels[train..] });
}

using Trainyard.Specs.Spec;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Datasets;

public sealed class AugmentationTests
{
    private const int Side = 6;

    [Fact]
    public void FlipAndCrop_Flip_MirrorsAboutHalfOfTheImages()
    {
        using var scope = NewDisposeScope();
        var images = Images(400);
        var moved = Move(images, flip: true, crop: 0);
        var mirrored = images.flip(2);
        var flipped = 0;
        for (var image = 0; image < 400; image++)
        {
            var isFlipped = moved.select(0, image).Equals(mirrored.select(0, image));
            Assert.True(isFlipped || moved.select(0, image).Equals(images.select(0, image)));
            flipped += isFlipped ? 1 : 0;
        }

        Assert.InRange(flipped, 150, 250);
    }

    [Fact]
    public void FlipAndCrop_Crop_ShiftsEachImageAndFillsWithZero()
    {
        using var scope = NewDisposeScope();
        var images = Images(300);
        var moved = Move(images, flip: false, crop: 2);
        Assert.Equal(images.shape, moved.shape);
        var shifts = new HashSet<(int, int)>();
        for (var image = 0; image < 300; image++)
        {
            shifts.Add(Shift(images.select(0, image), moved.select(0, image)));
        }

        Assert.Equal(25, shifts.Count);  // every place, from -2 to 2 each way
    }

    [Fact]
    public void Cutout_SetsASquareToTheMean_CutOffAtTheBorder()
    {
        using var scope = NewDisposeScope();
        var spec = new AugmentationSpec { Flip = false, Crop = 0, Cutout = 3, TestTimeFlip = false };
        var blanked = new Augmentation(spec, CPU).Cutout(ones(200, Side, Side, 2), Stream()).sum([3], type: ScalarType.Float32);
        var holes = Enumerable.Range(0, 200).Select(image => (int)blanked.select(0, image).eq(0.ToScalar()).sum().item<long>()).ToArray();
        Assert.Contains(9, holes);
        Assert.Contains(4, holes);  // 2 x 2 in a corner
        Assert.All(holes, hole => Assert.Contains(hole, new[] { 4, 6, 9 }));
    }

    [Fact]
    public void Take_SameStream_GivesTheSameBatch_AndNothingChosenChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var source = new BatchSource(
            new SampleSet { Shape = [2, Side, Side], Format = ScalarType.Byte, Values = Images(8).contiguous().data<byte>().ToArray(), Labels = new byte[8] },
            new Normalization([0.5f, 0.25f], [-1, 1]), CPU);
        var indices = arange(8, ScalarType.Int64);
        var all = new Augmentation(new AugmentationSpec { Flip = true, Crop = 2, Cutout = 2, TestTimeFlip = false }, CPU);
        var first = source.GetBatch(indices, all, Stream()).Samples;
        Assert.Equal([8L, 2, Side, Side], first.shape);
        Assert.True(first.permute(0, 2, 3, 1).is_contiguous(), "Channels are last in memory.");
        Assert.True(first.Equals(source.GetBatch(indices, all, Stream()).Samples));
        Assert.False(first.Equals(source.GetBatch(indices, all, Stream(update: 2)).Samples));
        var none = new Augmentation(new AugmentationSpec { Flip = false, Crop = 0, Cutout = 0, TestTimeFlip = false }, CPU);
        Assert.True(source.GetBatch(indices).Samples.Equals(source.GetBatch(indices, none, Stream()).Samples));
    }

    // Where the content went; fails when it is not a shifted copy with zeros around.
    private static (int Down, int Right) Shift(Tensor original, Tensor moved)
    {
        for (var down = -2; down <= 2; down++)
        {
            for (var right = -2; right <= 2; right++)
            {
                var expected = zeros_like(original);
                Window(expected, -down, -right).copy_(Window(original, down, right));
                if (expected.Equals(moved))
                {
                    return (down, right);
                }
            }
        }

        throw new InvalidOperationException("Not a shifted copy.");
    }

    private static Tensor Window(Tensor image, int down, int right) =>
        image.narrow(0, Math.Max(0, down), Side - Math.Abs(down)).narrow(1, Math.Max(0, right), Side - Math.Abs(right));

    private static Tensor Move(Tensor images, bool flip, int crop) =>
        new Augmentation(new AugmentationSpec { Flip = flip, Crop = crop, Cutout = 0, TestTimeFlip = false }, CPU).FlipAndCrop(images, Stream());

    private static RandomStream Stream(int update = 1) => new RunSeed(1).Stream(RandomPurpose.Augmentation, update);

    // [n, Side, Side, 2] uint8, no pixel 0 and no two neighbors equal
    private static Tensor Images(int count) =>
        tensor(Enumerable.Range(0, count * Side * Side * 2).Select(index => (byte)(1 + (index * 7919L % 251))).ToArray(), [count, Side, Side, 2]);
}

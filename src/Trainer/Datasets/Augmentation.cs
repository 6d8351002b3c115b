using Trainyard.Specs.Spec;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Datasets;

// Augmentation of training images: horizontal flip, random crop of the zero-padded image, and cutout. Positions are drawn per image on the processor; pixels
// are moved by a few tensor operations over the whole batch.
internal sealed class Augmentation(AugmentationSpec spec, torch.Device device)
{
    // Flips and crops raw images. images: [n, H, W, C], channels last. Returns [n, H, W, C].
    public Tensor FlipAndCrop(Tensor images, RandomStream random)
    {
        if (!spec.Flip && spec.Crop == 0)
        {
            return images;
        }

        var (count, height, width) = (images.shape[0], images.shape[1], images.shape[2]);
        var rows = new long[count * height];
        var columns = new long[count * width];
        for (long image = 0; image < count; image++)
        {
            var (down, right) = (random.NextIndex((2 * spec.Crop) + 1), random.NextIndex((2 * spec.Crop) + 1));
            var mirrored = spec.Flip && random.NextUniform() < 0.5;
            for (long y = 0; y < height; y++)
            {
                rows[(image * height) + y] = down + y;
            }

            for (long x = 0; x < width; x++)
            {
                columns[(image * width) + x] = right + (mirrored ? width - 1 - x : x);
            }
        }

        var padded = spec.Crop == 0 ? images : functional.pad(images, [0, 0, spec.Crop, spec.Crop, spec.Crop, spec.Crop]);
        return padded.index(
            arange(count, ScalarType.Int64, device).reshape(count, 1, 1),
            tensor(rows, [count, height, 1], device: device),
            tensor(columns, [count, 1, width], device: device));
    }

    // Sets a square of each image to 0, the mean, in place; its center is anywhere in the image, so it may reach beyond the border.
    // images: [n, H, W, C] float32, normalized.
    public Tensor Cutout(Tensor images, RandomStream random)
    {
        if (spec.Cutout == 0)
        {
            return images;
        }

        var (count, height, width) = ((int)images.shape[0], (int)images.shape[1], (int)images.shape[2]);
        var rows = new float[count * height];
        var columns = new float[count * width];
        for (var image = 0; image < count; image++)
        {
            Mark(rows.AsSpan(image * height, height), random);
            Mark(columns.AsSpan(image * width, width), random);
        }

        var square = tensor(rows, [count, height, 1, 1], device: device).mul(tensor(columns, [count, 1, width, 1], device: device));
        return images.mul_(1 - square);
    }

    // 1 along the square's extent on one axis.
    private void Mark(Span<float> side, RandomStream random)
    {
        var first = random.NextIndex(side.Length) - (spec.Cutout / 2);
        var from = Math.Max(first, 0);
        side[from..Math.Min(first + spec.Cutout, side.Length)].Fill(1);
    }
}

using System.Runtime.InteropServices;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Datasets;

/// <summary>Where the pixels of an augmented image come from: pixel (y, x) from (y + Down, x + Right), or from there in the mirror image.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ImageShift(int Down, int Right, bool IsMirrored);

/// <summary>A rectangle of an image; bottom and right are not included.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Hole(int Top, int Bottom, int Left, int Right);

// Augmentation of training images: horizontal flip, random crop of the zero-padded image, and cutout. Positions are drawn per image on the processor; on a GPU pixels
// are moved by a few tensor operations over the whole batch, on the processor while the batch is written (HostBatches).
internal sealed class Augmentation(AugmentationSpec spec, torch.Device device)
{
    /// <summary>Flip and crop of each image; null: images stay where they are.</summary>
    public ImageShift[]? DrawShifts(long count, RandomStream random)
    {
        if (!spec.Flip && spec.Crop == 0)
        {
            return null;
        }

        var shifts = new ImageShift[count];
        for (var image = 0; image < count; image++)
        {
            var (down, right) = (random.NextIndex((2 * spec.Crop) + 1) - spec.Crop, random.NextIndex((2 * spec.Crop) + 1) - spec.Crop);
            shifts[image] = new ImageShift(down, right, spec.Flip && random.NextUniform() < 0.5);
        }

        return shifts;
    }

    // The square that is cut out of each image; its center is anywhere in the image, so it may reach beyond the border. Null: none.
    public Hole[]? DrawHoles(long count, int height, int width, RandomStream random)
    {
        if (spec.Cutout == 0)
        {
            return null;
        }

        var holes = new Hole[count];
        for (var image = 0; image < count; image++)
        {
            var ((top, bottom), (left, right)) = (Side(height), Side(width));
            holes[image] = new Hole(top, bottom, left, right);
        }

        return holes;

        (int From, int To) Side(int length)
        {
            var first = random.NextIndex(length) - (spec.Cutout / 2);
            return (Math.Max(first, 0), Math.Min(first + spec.Cutout, length));
        }
    }

    // Flips and crops raw images. images: [n, H, W, C], channels last. Returns [n, H, W, C].
    public Tensor FlipAndCrop(Tensor images, RandomStream random)
    {
        var (count, height, width) = (images.shape[0], images.shape[1], images.shape[2]);
        if (DrawShifts(count, random) is not { } shifts)
        {
            return images;
        }

        // In the padded image.
        var rows = new long[count * height];
        var columns = new long[count * width];
        for (long image = 0; image < count; image++)
        {
            var (down, right, isMirrored) = shifts[image];
            for (long y = 0; y < height; y++)
            {
                rows[(image * height) + y] = spec.Crop + down + y;
            }

            for (long x = 0; x < width; x++)
            {
                columns[(image * width) + x] = spec.Crop + right + (isMirrored ? width - 1 - x : x);
            }
        }

        var padded = spec.Crop == 0 ? images : functional.pad(images, [0, 0, spec.Crop, spec.Crop, spec.Crop, spec.Crop]);
        return padded.index(
            arange(count, ScalarType.Int64, device).reshape(count, 1, 1),
            tensor(rows, [count, height, 1], device: device),
            tensor(columns, [count, 1, width], device: device));
    }

    // Sets a square of each image to 0, the mean, in place. images: [n, H, W, C] float32, normalized.
    public Tensor Cutout(Tensor images, RandomStream random)
    {
        var (count, height, width) = ((int)images.shape[0], (int)images.shape[1], (int)images.shape[2]);
        if (DrawHoles(count, height, width, random) is not { } holes)
        {
            return images;
        }

        // 1 along the square's extent on each axis.
        var rows = new float[count * height];
        var columns = new float[count * width];
        for (var image = 0; image < count; image++)
        {
            rows.AsSpan((image * height) + holes[image].Top, holes[image].Bottom - holes[image].Top).Fill(1);
            columns.AsSpan((image * width) + holes[image].Left, holes[image].Right - holes[image].Left).Fill(1);
        }

        var square = tensor(rows, [count, height, 1, 1], device: device).mul(tensor(columns, [count, 1, width, 1], device: device));
        return images.mul_(1 - square);
    }
}

using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Datasets;

/// <summary>The functions of the coordinates of points that a network gets instead of the coordinates.</summary>
internal static class PlaneFeatures
{
    // points: [n, 2] float32, normalized. Returns [n, features] float32; the points themselves where the spec chooses none.
    public static Tensor Of(FeatureSpec? features, Tensor points)
    {
        if (features is null)
        {
            return points;
        }

        var (first, second) = (points.select(1, 0), points.select(1, 1));
        List<Tensor> chosen = [];
        Add(features.X1, () => first);
        Add(features.X2, () => second);
        Add(features.X1Squared, first.square);
        Add(features.X2Squared, second.square);
        Add(features.X1X2, () => first.mul(second));
        Add(features.SinX1, first.sin);
        Add(features.SinX2, second.sin);
        return stack([.. chosen], 1);

        void Add(bool isChosen, Func<Tensor> feature)
        {
            if (isChosen)
            {
                chosen.Add(feature());
            }
        }
    }
}

using System.Runtime.InteropServices;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Datasets;

/// <summary>Generated sets of labelled points in the plane. Classes take turns, so they are balanced; every coordinate gets normal noise.</summary>
internal static class PlanePoints
{
    // Clouds of each class of a mixture, and how far from the origin their centres may be.
    private const int CloudsPerClass = 3;
    private const double CloudReach = 1.5;

    // How far an arm of the spiral turns from its inner to its outer end, in radians.
    private const double Turn = 4;

    /// <summary>Draws the points of a catalog entry.</summary>
    /// <param name="choice">circles, moons, spiral, blobs or mixture.</param>
    /// <param name="seed">The run's seed.</param>
    public static Dataset Draw(TechniqueChoice choice, RunSeed seed)
    {
        var classes = DatasetShapes.Of(choice).Classes;
        var place = Place(choice.Name, classes, seed);
        return new Dataset(
            Draw(choice.Integer("trainSamples"), classes, choice.Number("noise"), place, seed.Stream(RandomPurpose.TrainSamples)),
            Draw(choice.Integer("testSamples"), classes, choice.Number("noise"), place, seed.Stream(RandomPurpose.TestSamples)));
    }

    // Where a point of a class lies before the noise.
    private static Func<int, RandomStream, (double X, double Y)> Place(string name, int classes, RunSeed seed)
    {
        switch (name)
        {
            case "circles":
                // Class 0 fills the disc of radius 1/2 evenly, class 1 lies on the circle of radius 1.
                return (label, random) => Polar(label == 0 ? 0.5 * Math.Sqrt(random.NextUniform()) : 1, random.NextUniform(0, 2 * Math.PI));
            case "moons":
                return (label, random) =>
                {
                    var (y, x) = Math.SinCos(random.NextUniform(0, Math.PI));
                    return label == 0 ? (x, y) : (1 - x, 0.5 - y);
                };
            case "spiral":
                return (label, random) =>
                {
                    var radius = random.NextUniform();
                    return Polar(radius, (2 * Math.PI * label / classes) + (Turn * radius));
                };
            case "blobs":
                return (label, _) => Polar(1, 2 * Math.PI * label / classes);
            case "mixture":
                var centres = Centres(classes * CloudsPerClass, seed.Stream(RandomPurpose.CloudCentres));
                return (label, random) => centres[(label * CloudsPerClass) + random.NextIndex(CloudsPerClass)];
            default:
                throw new ArgumentException($"The trainer has no set of points '{name}'.", nameof(name));
        }
    }

    private static (double X, double Y)[] Centres(int count, RandomStream random) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.NextUniform(-CloudReach, CloudReach), random.NextUniform(-CloudReach, CloudReach)))];

    private static (double X, double Y) Polar(double radius, double angle) => (radius * Math.Cos(angle), radius * Math.Sin(angle));

    private static SampleSet Draw(int count, int classes, double noise, Func<int, RandomStream, (double X, double Y)> place, RandomStream random)
    {
        var points = new float[2 * count];
        var labels = new byte[count];
        for (var sample = 0; sample < count; sample++)
        {
            var label = sample % classes;
            var (x, y) = place(label, random);
            points[2 * sample] = (float)(x + (noise * random.NextNormal()));
            points[(2 * sample) + 1] = (float)(y + (noise * random.NextNormal()));
            labels[sample] = (byte)label;
        }

        return new SampleSet { Shape = [2], Format = ScalarType.Float32, Values = MemoryMarshal.AsBytes<float>(points).ToArray(), Labels = labels };
    }
}

using System.Runtime.InteropServices;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Datasets;

/// <summary>Generated datasets of points in the plane, with as many of each class, and normal noise on each coordinate.</summary>
internal static class PlanePoints
{
    // Clouds of each class of a mixture, and how far from the origin their centers may be.
    private const int CloudsPerClass = 3;
    private const double CloudReach = 1.5;

    // How far an arm of the spiral turns from its inner to its outer end, in radians.
    private const double Turn = 4;

    // A point before the noise, by its index.
    private delegate (double X, double Y) Place(int sample, RandomStream random);

    public static Dataset Generate(TechniqueChoice choice, RunSeed seed)
    {
        var classes = DatasetShape.From(choice).Classes;
        Func<int, int> label = choice.Name == "xor" ? sample => (sample ^ (sample >> 1)) & 1 : sample => sample % classes;
        var place = PlaceOf(choice.Name, classes, label, seed);
        return new Dataset(
            Generate(choice.Integer("trainSamples"), label, place, choice.Number("noise"), seed.Stream(RandomPurpose.TrainSamples)),
            Generate(choice.Integer("testSamples"), label, place, choice.Number("noise"), seed.Stream(RandomPurpose.TestSamples)));
    }

    private static Place PlaceOf(string name, int classes, Func<int, int> label, RunSeed seed)
    {
        switch (name)
        {
            case "xor":
                // The corners of the unit square; the class is the exclusive or of the coordinates.
                return (sample, _) => (sample & 1, (sample >> 1) & 1);
            case "circles":
                // Class 0 fills the disc of radius 1/2 evenly, class 1 lies on the circle of radius 1.
                return (sample, random) => Polar(label(sample) == 0 ? 0.5 * Math.Sqrt(random.NextUniform()) : 1, random.NextUniform(0, 2 * Math.PI));
            case "moons":
                return (sample, random) =>
                {
                    var (y, x) = Math.SinCos(random.NextUniform(0, Math.PI));
                    return label(sample) == 0 ? (x, y) : (1 - x, 0.5 - y);
                };
            case "spiral":
                return (sample, random) =>
                {
                    var radius = random.NextUniform();
                    return Polar(radius, (2 * Math.PI * label(sample) / classes) + (Turn * radius));
                };
            case "blobs":
                return (sample, _) => Polar(1, 2 * Math.PI * label(sample) / classes);
            case "mixture":
                var centers = Centers(classes * CloudsPerClass, seed.Stream(RandomPurpose.CloudCenters));
                return (sample, random) => centers[(label(sample) * CloudsPerClass) + random.NextIndex(CloudsPerClass)];
            default:
                throw new ArgumentException($"The trainer has no set of points '{name}'.", nameof(name));
        }
    }

    private static (double X, double Y)[] Centers(int count, RandomStream random) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.NextUniform(-CloudReach, CloudReach), random.NextUniform(-CloudReach, CloudReach)))];

    private static (double X, double Y) Polar(double radius, double angle) => (radius * Math.Cos(angle), radius * Math.Sin(angle));

    private static SampleSet Generate(int count, Func<int, int> label, Place place, double noise, RandomStream random)
    {
        var points = new float[2 * count];
        var labels = new byte[count];
        for (var sample = 0; sample < count; sample++)
        {
            var (x, y) = place(sample, random);
            points[2 * sample] = (float)(x + (noise * random.NextNormal()));
            points[(2 * sample) + 1] = (float)(y + (noise * random.NextNormal()));
            labels[sample] = (byte)label(sample);
        }

        return new SampleSet { Shape = [2], Format = ScalarType.Float32, Values = MemoryMarshal.AsBytes<float>(points).ToArray(), Labels = labels };
    }
}

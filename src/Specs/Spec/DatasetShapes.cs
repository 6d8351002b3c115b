using Trainyard.Specs.Catalog;

namespace Trainyard.Specs.Spec;

/// <summary>Shapes and sizes of the datasets of the catalog.</summary>
public static class DatasetShapes
{
    /// <summary>The shape of a dataset with its parameters.</summary>
    /// <exception cref="ArgumentException">The catalog has no such dataset.</exception>
    public static DatasetShape Of(TechniqueChoice dataset) => dataset.Name switch
    {
        "fashion-mnist" or "mnist" => new DatasetShape { Input = [1, 28, 28], Classes = 10, TrainSamples = 60_000, TestSamples = 10_000 },
        "cifar-10" => new DatasetShape { Input = [3, 32, 32], Classes = 10, TrainSamples = 50_000, TestSamples = 10_000 },
        "shapes" => Generated(dataset, [3, 32, 32], 10),
        "xor" or "circles" or "moons" => Generated(dataset, [2], 2),
        "spiral" or "blobs" or "mixture" => Generated(dataset, [2], dataset.Integer("classes")),
        _ => throw new ArgumentException($"The catalog has no dataset '{dataset.Name}'.", nameof(dataset)),
    };

    private static DatasetShape Generated(TechniqueChoice dataset, int[] input, int classes) => new()
    {
        Input = input,
        Classes = classes,
        TrainSamples = dataset.Integer("trainSamples"),
        TestSamples = dataset.Integer("testSamples"),
    };
}

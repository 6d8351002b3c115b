using System.Globalization;
using Trainyard.Specs.Catalog;

namespace Trainyard.Specs.Spec;

/// <summary>Shape and size of a dataset.</summary>
public sealed record DatasetShape
{
    /// <summary>Shape of one sample: [C, H, W] for images, [features] for points.</summary>
    public required IReadOnlyList<int> Input { get; init; }

    /// <summary>Number of classes; labels are 0 to Classes - 1.</summary>
    public required int Classes { get; init; }

    /// <summary>Samples before the validation split.</summary>
    public required int TrainSamples { get; init; }

    /// <summary>Samples of the test set.</summary>
    public required int TestSamples { get; init; }
}

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

/// <summary>Class names of the datasets of the catalog.</summary>
public static class DatasetClasses
{
    /// <summary>The name of each class, in the order of the labels.</summary>
    /// <exception cref="ArgumentException">The catalog has no such dataset.</exception>
    public static IReadOnlyList<string> Of(TechniqueChoice dataset) => dataset.Name switch
    {
        "fashion-mnist" => ["t-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"],
        "cifar-10" => ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
        "shapes" =>
        [
            "disc", "ring", "square", "frame", "triangle up", "triangle down", "plus", "cross", "horizontal bars", "vertical bars",
        ],
        _ => [.. Enumerable.Range(0, DatasetShapes.Of(dataset).Classes).Select(label => label.ToString(CultureInfo.InvariantCulture))],
    };
}

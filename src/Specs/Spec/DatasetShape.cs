using System.Globalization;
using Trainyard.Specs.Catalog;

namespace Trainyard.Specs.Spec;

/// <summary>Shape, size and classes of a dataset.</summary>
public sealed record DatasetShape
{
    /// <summary>Shape of one sample: [C, H, W] for images, [features] for points.</summary>
    public required IReadOnlyList<int> Input { get; init; }

    /// <summary>The name of each class, in the order of the labels.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Samples before the validation split.</summary>
    public required int TrainSamples { get; init; }

    /// <summary>Samples of the test set.</summary>
    public required int TestSamples { get; init; }

    /// <summary>Shape of one sample as the network gets it: that of the dataset, or the number of features.</summary>
    /// <exception cref="ArgumentException">The catalog has no such dataset.</exception>
    public static DatasetShape OfInput(DataSpec data)
    {
        var shape = From(data.Dataset);
        return data.Features is { } features ? shape with { Input = [features.Count] } : shape;
    }

    /// <summary>Number of classes; labels are 0 to Classes - 1.</summary>
    public int Classes => ClassNames.Count;

    /// <summary>The shape of a dataset of the catalog with its parameters.</summary>
    /// <exception cref="ArgumentException">The catalog has no such dataset.</exception>
    public static DatasetShape From(TechniqueChoice dataset) => dataset.Name switch
    {
        "fashion-mnist" => Files(
            [1, 28, 28], 60_000, ["t-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]),
        "mnist" => Files([1, 28, 28], 60_000, Numbered(10)),
        "cifar-10" => Files(
            [3, 32, 32], 50_000, ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]),
        "shapes" => Generated(
            dataset,
            [3, 32, 32],
            ["disc", "ring", "square", "frame", "triangle up", "triangle down", "plus", "cross", "horizontal bars", "vertical bars"]),
        "xor" or "circles" or "moons" => Generated(dataset, [2], Numbered(2)),
        "spiral" or "blobs" or "mixture" => Generated(dataset, [2], Numbered(dataset.Integer("classes"))),
        _ => throw new ArgumentException($"The catalog has no dataset '{dataset.Name}'.", nameof(dataset)),
    };

    private static DatasetShape Files(int[] input, int trainSamples, string[] classNames) =>
        new() { Input = input, ClassNames = classNames, TrainSamples = trainSamples, TestSamples = 10_000 };

    private static DatasetShape Generated(TechniqueChoice dataset, int[] input, string[] classNames) => new()
    {
        Input = input,
        ClassNames = classNames,
        TrainSamples = dataset.Integer("trainSamples"),
        TestSamples = dataset.Integer("testSamples"),
    };

    private static string[] Numbered(int classes) => [.. Enumerable.Range(0, classes).Select(label => label.ToString(CultureInfo.InvariantCulture))];
}

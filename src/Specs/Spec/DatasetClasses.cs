using System.Globalization;
using Trainyard.Specs.Catalog;

namespace Trainyard.Specs.Spec;

/// <summary>What the classes of the datasets of the catalog are called.</summary>
public static class DatasetClasses
{
    /// <summary>A name for each class, in the order of the labels.</summary>
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

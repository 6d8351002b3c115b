using Trainyard.Specs.Catalog;
using Trainyard.Trainer.Randomness;

namespace Trainyard.Trainer.Datasets;

/// <summary>Reads or draws the dataset of a catalog entry. Uses no tensor engine, so it can run while the engine is being loaded.</summary>
internal static class DatasetLoader
{
    /// <summary>The dataset that a spec chose.</summary>
    /// <param name="choice">A technique of kind dataset.</param>
    /// <param name="seed">Seed of generated samples.</param>
    /// <param name="datasets">Folder with a folder per dataset, looked at first; null: only the system's.</param>
    /// <exception cref="Training.RunFailureException">The data is missing or damaged.</exception>
    public static Dataset Load(TechniqueChoice choice, RunSeed seed, string? datasets) => choice.Name switch
    {
        "fashion-mnist" => FashionMnist.Load(FashionMnist.Folders(datasets)),
        "mnist" => Mnist.Load(Mnist.Folders(datasets)),
        "cifar-10" => Cifar10.Load(Cifar10.Folders(datasets)),
        "shapes" => DrawnShapes.Draw(choice.Integer("trainSamples"), choice.Integer("testSamples"), choice.Number("noise"), seed),
        "xor" => XorPoints.Draw(choice.Integer("trainSamples"), choice.Integer("testSamples"), choice.Number("noise"), seed),
        "circles" or "moons" or "spiral" or "blobs" or "mixture" => PlanePoints.Draw(choice, seed),
        _ => throw new ArgumentException($"The trainer has no dataset '{choice.Name}'.", nameof(choice)),
    };
}

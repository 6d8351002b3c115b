using Trainyard.Trainer.Events;
using Trainyard.Specs.Catalog;
using Trainyard.Trainer.Datasets.Downloads;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Datasets;

/// <summary>Reads, downloads or draws the dataset of a catalog entry. Uses no tensor engine, so it can run while the engine is being loaded.</summary>
internal sealed class DatasetLoader(DatasetPlaces places, Downloader downloader)
{
    /// <summary>The dataset that a spec chose.</summary>
    /// <param name="choice">A technique of kind dataset.</param>
    /// <param name="seed">Seed of generated samples.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <exception cref="RunFailureException">The data is damaged, or missing and cannot be downloaded.</exception>
    public async Task<Dataset> LoadAsync(TechniqueChoice choice, RunSeed seed, CancellationToken cancellation) => choice.Name switch
    {
        "fashion-mnist" => await IdxImages.FashionMnist.LoadAsync(places, downloader, cancellation),
        "mnist" => await IdxImages.Mnist.LoadAsync(places, downloader, cancellation),
        "cifar-10" => await Cifar10.Published.LoadAsync(places, downloader, cancellation),
        "shapes" => DrawnShapes.Draw(choice.Integer("trainSamples"), choice.Integer("testSamples"), choice.Number("noise"), seed),
        "xor" => XorPoints.Draw(choice.Integer("trainSamples"), choice.Integer("testSamples"), choice.Number("noise"), seed),
        "circles" or "moons" or "spiral" or "blobs" or "mixture" => PlanePoints.Draw(choice, seed),
        _ => throw new ArgumentException($"The trainer has no dataset '{choice.Name}'.", nameof(choice)),
    };
}

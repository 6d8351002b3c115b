using Trainyard.Specs.Catalog;

namespace Trainyard.Trainer.Initializers;

/// <summary>Makes the initializer of a catalog entry.</summary>
internal static class InitializerFactory
{
    /// <summary>The initializer that a spec chose.</summary>
    /// <exception cref="ArgumentException">The trainer has no such initializer.</exception>
    public static IInitializer Create(TechniqueChoice choice) => choice.Name switch
    {
        "zeros" => new ZeroInitializer(),
        "normal" => new NormalInitializer(choice.Number("std")),
        "xavier" => new XavierInitializer(choice.Text("distribution"), choice.Text("variant")),
        "he" => new HeInitializer(choice.Text("distribution"), choice.Text("mode")),
        "uniform" => new UniformInitializer(choice.Number("limit")),
        "lecun" => new LeCunInitializer(choice.Text("distribution")),
        "orthogonal" => new OrthogonalInitializer(choice.Number("gain")),
        "orthogonal_msra" => OrthogonalInitializer.ScaledAsHe(),
        // LSUV starts orthonormal; what it measures needs data and comes later (LayerSequentialScaling).
        "lsuv" => new OrthogonalInitializer(1),
        _ => throw new ArgumentException($"The trainer has no initialization '{choice.Name}'.", nameof(choice)),
    };
}

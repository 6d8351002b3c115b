using Trainyard.Specs.Catalog;

namespace Trainyard.Trainer.Initializers;

internal static class InitializerFactory
{
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

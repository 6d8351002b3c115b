using Trainyard.Specs.Catalog;

namespace Trainyard.Trainer.Kernels;

/// <summary>Kernels for the activations of the catalog.</summary>
internal static class KernelFactory
{
    // activation: null: batch norm alone. Returns null for activations with parameters that are trained, or over several channels.
    public static BatchNormActivation? Create(TechniqueChoice? activation, bool pools)
    {
        return activation?.Name switch
        {
            null or "identity" => Of(default(Identity)),
            "relu" => Of(new LeakyRelu(0)),
            "leaky_relu" => Of(new LeakyRelu((float)activation.Number("slope"))),
            "elu" => Of(new Elu((float)activation.Number("alpha"), 1)),
            "selu" => Of(new Elu(1.6732632f, 1.0507010f)),  // Klambauer et al., 2017, equation 2
            "silu" => Of(default(Silu)),
            "gelu" => Of(default(Gelu)),
            "sigmoid" => Of(default(Sigmoid), paysWithoutPooling: false),
            "tanh" => Of(default(Tanh)),
            _ => null,
        };

        BatchNormActivation Of<TActivation>(TActivation f, bool paysWithoutPooling = true)
            where TActivation : struct, IActivation =>
            new(type => type == ScalarType.Float32 ? Kernel<Float32, TActivation>(f) : Kernel<Bfloat16, TActivation>(f), pools, paysWithoutPooling);

        NormalizedActivation Kernel<TElement, TActivation>(TActivation f)
            where TElement : unmanaged, IElement<TElement>
            where TActivation : struct, IActivation =>
            pools ? new PooledActivation<TElement, TActivation>(f) : new NormalizedActivation<TElement, TActivation>(f);
    }
}

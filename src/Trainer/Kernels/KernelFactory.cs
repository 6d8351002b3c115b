using Trainyard.Specs.Catalog;

namespace Trainyard.Trainer.Kernels;

/// <summary>Kernels for the activations of the catalog.</summary>
internal static class KernelFactory
{
    /// <summary>Batch norm with an activation, null for none, and pooling. Returns null for an activation without kernels.</summary>
    public static BatchNormActivation? BatchNorm(TechniqueChoice? activation, bool pools) => With(activation, new NormalizedActivations(pools, activation?.Name != "sigmoid"));

    /// <summary>An activation of rows of values. Returns null for an activation without kernels.</summary>
    public static ChainLayer? Chain(TechniqueChoice activation, int values) => With(activation, new ChainActivations(values));

    private static TKernel? With<TKernel>(TechniqueChoice? activation, IKernels<TKernel> kernels)
        where TKernel : class => activation?.Name switch
    {
        null or "identity" => kernels.Of(default(Identity)),
        "relu" => kernels.Of(default(Relu)),
        "leaky_relu" => kernels.Of(new LeakyRelu((float)activation.Number("slope"))),
        "elu" => kernels.Of(new Elu((float)activation.Number("alpha"), 1)),
        "selu" => kernels.Of(new Elu(1.6732632f, 1.0507010f)),  // Klambauer et al., 2017, equation 2
        "silu" => kernels.Of(default(Silu)),
        "gelu" => kernels.Of(default(Gelu)),
        "sigmoid" => kernels.Of(default(Sigmoid)),
        "tanh" => kernels.Of(default(Tanh)),
        _ => null,
    };

    /// <summary>Makes the kernel of a kind for an activation.</summary>
    private interface IKernels<TKernel>
    {
        TKernel Of<TActivation>(TActivation f)
            where TActivation : struct, IActivation;
    }

    private sealed record NormalizedActivations(bool Pools, bool PaysWithoutPooling) : IKernels<BatchNormActivation>
    {
        public BatchNormActivation Of<TActivation>(TActivation f)
            where TActivation : struct, IActivation =>
            new(type => type == ScalarType.Float32 ? Kernel<Float32, TActivation>(f) : Kernel<Bfloat16, TActivation>(f), Pools, PaysWithoutPooling);

        private NormalizedActivation Kernel<TElement, TActivation>(TActivation f)
            where TElement : unmanaged, IElement<TElement>
            where TActivation : struct, IActivation =>
            Pools ? new PooledActivation<TElement, TActivation>(f) : new NormalizedActivation<TElement, TActivation>(f);
    }

    private sealed record ChainActivations(int Values) : IKernels<ChainLayer>
    {
        public ChainLayer Of<TActivation>(TActivation f)
            where TActivation : struct, IActivation => new ChainActivation<TActivation>(Values, f);
    }
}

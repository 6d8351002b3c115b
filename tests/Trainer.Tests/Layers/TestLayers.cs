using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Labs;
using Trainyard.Trainer.Layers;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Tests.Layers;

/// <summary>Single layers as the trainer builds them from a plan.</summary>
internal static class TestLayers
{
    /// <summary>A layer for samples of a shape: [C, H, W] or [F].</summary>
    public static Module<Tensor, Tensor> Build(LayerSpec layer, int[] input, NumberFormats? formats = null) => LabLayers.Build(layer, input, seed: 1, formats).Layer;

    public static ActivationLayer Activation(string name) => new() { Activation = Default(TechniqueKind.Activation, name) };

    public static ConvLayer Conv(int filters, int kernel, int stride = 1, int padding = 0, int dilation = 1, bool bias = true) => new()
    {
        Filters = filters,
        Kernel = kernel,
        Stride = stride,
        Padding = padding,
        Dilation = dilation,
        Bias = bias,
        Initialization = Default(TechniqueKind.Initialization, "lecun"),
    };

    public static TechniqueChoice Default(TechniqueKind kind, string name) => TechniqueCatalog.Default(kind, name);
}

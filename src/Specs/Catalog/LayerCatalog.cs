using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Layers of a free list. N is the batch, C a number of channels, H and W the sides of an image, F a number of units.</summary>
internal static class LayerCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Layer(
            "dense", "Fully connected", "y = W x + b: [N, F] -> [N, units]",
            "Every output sees every input. Use it at the end of an image network and throughout one for points; on images its weights multiply.",
            "Rumelhart, Hinton, Williams: Learning representations by back-propagating errors, 1986",
            SpecFields.LayerUnits, SpecFields.Bias),
        Layer(
            "conv", "Convolution",
            "y[f, i, j] = b[f] + sum over c, u, v of w[f, c, u, v] x[c, stride i + dilation u - padding, stride j + dilation v - padding]: "
            + "[N, C, H, W] -> [N, filters, H', W'], H' = floor((H + 2 padding - dilation (kernel - 1) - 1) / stride) + 1",
            "The same small filter at every place, so that a shape is found wherever it is. The layer for images; two of 3 x 3 see as far as one of 5 x 5 with fewer weights.",
            "LeCun, Bottou, Bengio, Haffner: Gradient-Based Learning Applied to Document Recognition, 1998; dilation: Yu, Koltun, 2016",
            SpecFields.Filters, SpecFields.Kernel, SpecFields.Stride, SpecFields.Padding, SpecFields.Dilation, SpecFields.Bias),
        Layer(
            "pool", "Pooling", "largest or mean value of each window of size x size: [N, C, H, W] -> [N, C, floor(H / size), floor(W / size)]",
            "Makes the image smaller and the next filters see more. Maximum keeps whether something was seen, average how much of it.",
            "LeCun, Bottou, Bengio, Haffner, 1998 (average); Scherer, Müller, Behnke: Evaluation of Pooling Operations, 2010 (maximum)",
            SpecFields.LayerPool, SpecFields.LayerPoolSize),
        Layer(
            "global_pool", "Global pooling", "largest or mean value of each channel: [N, C, H, W] -> [N, C]",
            "One number per channel, whatever the size of the image. Use it instead of large dense layers at the end: nothing to learn, little to overfit.",
            "Lin, Chen, Yan: Network In Network, 2014",
            SpecFields.LayerPool),
        Layer(
            "flatten", "Flatten", "[N, C, H, W] -> [N, C H W]",
            "Lays the channels of an image in a row. It stands between the last convolution and the first dense layer.",
            "torch.nn.Flatten"),
        Layer(
            "batch_norm", "Batch normalisation", RegularizationCatalog.BatchNormFormula,
            "Gives each channel or unit mean 0 and spread 1 over the batch, then learns both anew. Put it before or after an activation where training is slow or depends on the start.",
            RegularizationCatalog.BatchNormSource,
            SpecFields.BatchNormMomentum, SpecFields.BatchNormEpsilon),
        Layer(
            "activation", "Activation", "y = f(x), element by element",
            "The non-linearity, chosen for this place alone. Without one between them, two linear layers are one.",
            "Cybenko: Approximation by Superpositions of a Sigmoidal Function, 1989"),
        Layer(
            "dropout", "Dropout", RegularizationCatalog.DropoutFormula,
            "Drops values at random while training, so that no unit can rely on another. Use it after wide dense layers of a network that overfits.",
            RegularizationCatalog.DropoutSource,
            SpecFields.Rate),
        Layer(
            "residual", "Residual block", "y = x + F(x), F the layers within: same shape in and out",
            "The layers within learn what to add to their input, and the gradient has a way past them. Makes networks of dozens of layers learn.",
            "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, 2016"),
    ];

    private static TechniqueDefinition Layer(
        string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.Layer, "/model/layers/*", name, title, formula, explanation, source, parameters);
}

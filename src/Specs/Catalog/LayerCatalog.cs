using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Layers of a list. N is the batch, C a number of channels, H and W the sides of an image, F a number of units.</summary>
internal static class LayerCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Layer(
            "dense", "Fully connected", "y = W x + b: [N, F] -> [N, units]",
            "Every output depends on every input. Use it at the end of an image network, and throughout a network for points; on images it has too many weights.",
            "Rumelhart, Hinton, Williams: Learning representations by back-propagating errors, 1986",
            SpecFields.LayerUnits, SpecFields.Bias),
        Layer(
            "conv", "Convolution",
            "y[f, i, j] = b[f] + sum over c, u, v of w[f, c, u, v] x[c, stride i + dilation u - padding, stride j + dilation v - padding]: "
            + "[N, C, H, W] -> [N, filters, H', W'], H' = floor((H + 2 padding - dilation (kernel - 1) - 1) / stride) + 1",
            "Applies the same small filter at every position, so that a pattern is found wherever it is. The layer for images; two of 3 x 3 have the receptive field of one of 5 x 5 with fewer weights.",
            "LeCun, Bottou, Bengio, Haffner: Gradient-Based Learning Applied to Document Recognition, 1998; dilation: Yu, Koltun, 2016",
            SpecFields.Filters, SpecFields.Kernel, SpecFields.Stride, SpecFields.Padding, SpecFields.Dilation, SpecFields.Bias),
        Layer(
            "pool", "Pooling", "maximum or mean of each window of size x size: [N, C, H, W] -> [N, C, floor(H / size), floor(W / size)]",
            "Reduces the size of the feature map and enlarges the receptive field of the next layers. Maximum keeps whether a feature is present, average how strongly.",
            "LeCun, Bottou, Bengio, Haffner, 1998 (average); Scherer, Müller, Behnke: Evaluation of Pooling Operations, 2010 (maximum)",
            SpecFields.LayerPool, SpecFields.LayerPoolSize),
        Layer(
            "global_pool", "Global pooling", "maximum or mean of each channel: [N, C, H, W] -> [N, C]",
            "One value per channel, whatever the size of the image. Use it instead of large dense layers at the end: it has no parameters and reduces overfitting.",
            "Lin, Chen, Yan: Network In Network, 2014",
            SpecFields.LayerPool),
        Layer(
            "flatten", "Flatten", "[N, C, H, W] -> [N, C H W]",
            "Turns a feature map into a vector. Use it between the last convolution and the first dense layer.",
            "torch.nn.Flatten"),
        Layer(
            "batch_norm", "Batch normalization", RegularizationCatalog.BatchNormFormula,
            "Normalizes each channel or unit to mean 0 and variance 1 over the batch, then applies a trainable scale and shift. Use it where training is slow or sensitive to the initialization.",
            RegularizationCatalog.BatchNormSource,
            SpecFields.BatchNormMomentum, SpecFields.BatchNormEpsilon),
        Layer(
            "activation", "Activation", "y = f(x), element-wise",
            "A non-linearity. Without one between them, two linear layers are equivalent to one.",
            "Cybenko: Approximation by Superpositions of a Sigmoidal Function, 1989"),
        Layer(
            "dropout", "Dropout", RegularizationCatalog.DropoutFormula,
            "Sets random values to zero in training, so that units cannot co-adapt. Use it after wide dense layers of a network that overfits.",
            RegularizationCatalog.DropoutSource,
            SpecFields.Rate),
        Layer(
            "residual", "Residual block", "y = x + F(x), F the inner layers, with outputs of the same shape",
            "The inner layers learn a residual that is added to their input, and the gradient also bypasses them. Makes networks of dozens of layers trainable.",
            "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, 2016"),
    ];

    private static TechniqueDefinition Layer(
        string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.Layer, "/model/layers/*", name, title, formula, explanation, source, parameters);
}

using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Planning;

/// <summary>A hidden layer as a model describes it: the weighted layer with the model's batch norm and an activation.</summary>
internal static class HiddenLayer
{
    public static IEnumerable<LayerSpec> Conv(
        ModelSpec model, int filters, int kernel, int stride, int padding, TechniqueChoice? activation = null, TechniqueChoice? initialization = null) =>
        WithNormAndActivation(
            model,
            activation ?? model.Activation,
            new ConvLayer
            {
                Filters = filters * OutputsPerUnit(activation ?? model.Activation),
                Kernel = kernel,
                Stride = stride,
                Padding = padding,
                Dilation = 1,
                Bias = NeedsBias(model),
                Initialization = initialization ?? model.Initialization,
            });

    public static IEnumerable<LayerSpec> Dense(ModelSpec model, int units) => WithNormAndActivation(
        model,
        model.Activation,
        new DenseLayer { Units = units * OutputsPerUnit(model.Activation), Bias = NeedsBias(model), Initialization = model.Initialization });

    private static LayerSpec[] WithNormAndActivation(ModelSpec model, TechniqueChoice choice, LayerSpec weighted)
    {
        var activation = new ActivationLayer { Activation = choice };
        if (model.BatchNorm is not { } settings)
        {
            return [weighted, activation];
        }

        var norm = new BatchNormLayer { Momentum = settings.Momentum, Epsilon = settings.Epsilon };
        return settings.Position == BatchNormPosition.Before ? [weighted, norm, activation] : [weighted, activation, norm];
    }

    // Batch norm directly behind the layer subtracts the mean, and a bias with it.
    private static bool NeedsBias(ModelSpec model) => model.BatchNorm?.Position != BatchNormPosition.Before;

    // Maxout keeps one of each group of outputs.
    private static int OutputsPerUnit(TechniqueChoice activation) => activation.Name == "maxout" ? activation.Integer("pieces") : 1;
}

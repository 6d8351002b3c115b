using Trainyard.Specs.Planning;

namespace Trainyard.Trainer.Layers;

/// <summary>Adds its input to the output of its layers: x + f(x) (He, Zhang, Ren, Sun, 2016).</summary>
internal sealed class Residual(IReadOnlyList<PlannedLayer> plan, LayerFactory factory) : LayerStack(nameof(Residual), plan, factory)
{
    public override Tensor forward(Tensor input)
    {
        var change = base.forward(input);
        var output = change.add(input);
        Release(change, input, output);
        return output;
    }
}

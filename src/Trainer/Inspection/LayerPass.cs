using Trainyard.Specs.Planning;
using Trainyard.Trainer.Layers;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Inspection;

/// <summary>Values of one sample, in the order of [C, H, W]; a vector is [F, 1, 1].</summary>
internal sealed record SampleValues(IReadOnlyList<int> Shape, float[] Values)
{
    public int Channels => Shape[0];

    public int Height => Shape.Count == 3 ? Shape[1] : 1;

    public int Width => Shape.Count == 3 ? Shape[2] : 1;

    public float this[int channel, int row, int column] => Values[(((channel * Height) + row) * Width) + column];

    // tensor: [1, C, H, W] or [1, F], in any memory format.
    public static SampleValues Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var values = tensor.detach().to_type(ScalarType.Float32).cpu().contiguous().data<float>();
        return new SampleValues([.. tensor.shape[1..].Select(side => (int)side)], values.ToArray());
    }

    public bool Contains(int row, int column) => row >= 0 && row < Height && column >= 0 && column < Width;
}

/// <summary>A layer with what it got and gave in one forward pass.</summary>
internal sealed record LayerPass(PlannedLayer Planned, Module<Tensor, Tensor> Module, SampleValues Input, SampleValues Output)
{
    // input: [1, ...] as the network takes it. The passes are in the order of the layer table. Returns them with the scores, [classes]. Throws
    // InspectionRefusedException: weights that have diverged have no values to show.
    public static (IReadOnlyList<LayerPass> Passes, float[] Scores) Run(Network network, ModelPlan plan, Tensor input)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        network.eval();
        var modules = network.named_modules().ToDictionary(named => named.name, named => (Module<Tensor, Tensor>)named.module);
        var passes = new Dictionary<string, LayerPass>(StringComparer.Ordinal);
        var hooks = plan.AllLayers.Select(planned => modules[planned.Name].register_forward_hook((module, given, output) =>
        {
            passes[planned.Name] = new LayerPass(planned, modules[planned.Name], SampleValues.Of(given), SampleValues.Of(output));
            return output;
        })).ToList();
        var scores = SampleValues.Of(network.call(input)).Values;
        hooks.ForEach(hook => hook.remove());
        var diverged = plan.AllLayers.FirstOrDefault(planned => !Array.TrueForAll(passes[planned.Name].Output.Values, float.IsFinite));
        return diverged is null
            ? ([.. plan.AllLayers.Select(planned => passes[planned.Name])], scores)
            : throw new InspectionRefusedException($"Layer {diverged.Name} has an output that is not finite: the training has diverged.");
    }
}

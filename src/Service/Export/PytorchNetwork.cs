using System.Globalization;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Export;

/// <summary>Writes the network of a run in PyTorch.</summary>
internal sealed class PytorchNetwork(RunFacts facts, PytorchText text)
{
    /// <summary>Writes the kinds of layers that the network has, the network, and how its first weights are drawn.</summary>
    public void Write()
    {
        var layers = facts.Layers().ToList();
        text.Parts("init");
        foreach (var (planned, _, _) in layers)
        {
            text.Parts(planned.Layer switch
            {
                BatchNormLayer => ["layers_batch_norm"],
                GlobalPoolLayer => ["layers_global_pool"],
                ResidualLayer => ["layers_residual"],
                ActivationLayer activation => PytorchTechniques.Of(TechniqueKind.Activation, activation.Activation).Parts,
                ConvLayer conv => PytorchTechniques.Of(TechniqueKind.Initialization, conv.Initialization).Parts,
                DenseLayer dense => PytorchTechniques.Of(TechniqueKind.Initialization, dense.Initialization).Parts,
                _ => [],
            });
        }

        text.Line("");
        text.Line("");
        text.Line($"# The network, [N, {string.Join(", ", facts.Plan.Input)}] to [N, {facts.Plan.Classes}].");
        text.Line("network = nn.Sequential(OrderedDict([");
        foreach (var planned in facts.Plan.Layers)
        {
            Layer(planned, 1);
        }

        text.Line("]))");
        text.Line("with torch.no_grad():");
        foreach (var (planned, position, path) in layers)
        {
            if (Initialization(planned.Layer) is { } initialization)
            {
                var target = $"network.{string.Join('.', path)}, RandomStream(WEIGHTS, {position})";
                text.Line("    " + string.Format(CultureInfo.InvariantCulture, PytorchTechniques.Of(TechniqueKind.Initialization, initialization).Line, target));
            }
        }
    }

    private void Layer(PlannedLayer planned, int depth)
    {
        var indent = new string(' ', 4 * depth);
        var name = CodeText.Text(planned.Name.Split('.', '/')[^1]);
        if (planned.Layer is ResidualLayer)
        {
            text.Line($"{indent}({name}, Residual(OrderedDict([");
            foreach (var inner in planned.Inner)
            {
                Layer(inner, depth + 1);
            }

            text.Line($"{indent}]))),");
            return;
        }

        text.Line($"{indent}({name}, {Module(planned)}),  # [N, {string.Join(", ", planned.Output)}]");
    }

    private static string Module(PlannedLayer planned) => planned.Layer switch
    {
        ConvLayer conv => $"nn.Conv2d({planned.Input[0]}, {conv.Filters}, {conv.Kernel}, stride={conv.Stride}, padding={conv.Padding}, dilation={conv.Dilation}, bias={PytorchText.Flag(conv.Bias)})",
        DenseLayer dense => $"nn.Linear({planned.Input[0]}, {dense.Units}, bias={PytorchText.Flag(dense.Bias)})",
        PoolLayer pool => $"nn.{(pool.Pool == PoolKind.Max ? "MaxPool2d" : "AvgPool2d")}({pool.Size})",
        GlobalPoolLayer pool => $"GlobalPool({(pool.Pool == GlobalPool.Max ? "\"max\"" : "\"average\"")})",
        FlattenLayer => "nn.Flatten()",
        BatchNormLayer norm => $"BatchNorm({planned.Input[0]}, momentum={CodeText.Number(norm.Momentum)}, epsilon={CodeText.Number(norm.Epsilon)})",
        DropoutLayer dropout => $"nn.Dropout({CodeText.Number(dropout.Rate)})",
        ActivationLayer activation => string.Format(
            CultureInfo.InvariantCulture, PytorchTechniques.Of(TechniqueKind.Activation, activation.Activation).Line, planned.Input[0]),
        _ => throw new NotSupportedException($"There is no PyTorch code for layers of kind '{planned.Layer.Kind}'."),
    };

    /// <summary>How the first weights of a layer are drawn; null: it draws none.</summary>
    public static TechniqueChoice? Initialization(LayerSpec layer) => layer switch
    {
        ConvLayer conv => conv.Initialization,
        DenseLayer dense => dense.Initialization,
        _ => null,
    };
}

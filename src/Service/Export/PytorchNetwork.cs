using Trainyard.Specs.Catalog;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Export;

internal static class PytorchNetwork
{
    public static string Layers(ExportedRun run) => NetworkText.Lines(run.Plan.Layers, Module, ("Residual(OrderedDict([", "]))"), "#");

    /// <summary>One line a layer with weights.</summary>
    public static string Initialization(ExportedRun run) => string.Join('\n', run.Layers()
        .Where(entry => NetworkText.Initialization(entry.Layer.Layer) is not null)
        .Select(entry => Initialize(NetworkText.Initialization(entry.Layer.Layer)!, $"network.{string.Join('.', entry.Path)}, RandomStream(WEIGHTS, {entry.Position})")));

    private static string Initialize(TechniqueChoice choice, string target) => choice.Name switch
    {
        "zeros" => $"zeros({target})",
        "normal" => $"normal({target}, std={Number(choice, "std")})",
        "uniform" => $"uniform({target}, limit={Number(choice, "limit")})",
        "xavier" => $"xavier({target}, distribution=\"{choice.Text("distribution")}\", variant=\"{choice.Text("variant")}\")",
        "he" => $"he({target}, distribution=\"{choice.Text("distribution")}\", mode=\"{choice.Text("mode")}\")",
        "lecun" => $"lecun({target}, distribution=\"{choice.Text("distribution")}\")",
        "orthogonal" => $"orthogonal({target}, gain={Number(choice, "gain")})",
        "orthogonal_msra" => $"orthogonal_msra({target})",
        "lsuv" => $"lsuv({target}, tolerance={Number(choice, "tolerance")}, iterations={choice.Integer("iterations")})",
        _ => throw new NotSupportedException($"There is no PyTorch code for initialization '{choice.Name}'."),
    };

    private static string Module(PlannedLayer planned) => planned.Layer switch
    {
        ConvLayer conv => $"nn.Conv2d({planned.Input[0]}, {conv.Filters}, {conv.Kernel}, stride={conv.Stride}, padding={conv.Padding}, dilation={conv.Dilation}, bias={Flag(conv.Bias)})",
        DenseLayer dense => $"nn.Linear({planned.Input[0]}, {dense.Units}, bias={Flag(dense.Bias)})",
        PoolLayer pool => $"nn.{(pool.Pool == PoolKind.Max ? "Max" : "Avg")}Pool2d({pool.Size})",
        GlobalPoolLayer pool => $"nn.Sequential(nn.Adaptive{(pool.Pool == GlobalPool.Max ? "Max" : "Avg")}Pool2d(1), nn.Flatten())",
        FlattenLayer => "nn.Flatten()",
        BatchNormLayer norm => $"nn.BatchNorm{(planned.Input.Count == 3 ? 2 : 1)}d({planned.Input[0]}, eps={Literal.Number(norm.Epsilon)}, momentum={Literal.Number(norm.Momentum)})",
        DropoutLayer dropout => $"nn.Dropout({Literal.Number(dropout.Rate)})",
        ActivationLayer { Activation: var choice } => choice.Name switch
        {
            "sigmoid" => "nn.Sigmoid()",
            "tanh" => "nn.Tanh()",
            "relu" => "nn.ReLU()",
            "leaky_relu" => $"nn.LeakyReLU({Number(choice, "slope")})",
            "elu" => $"nn.ELU({Number(choice, "alpha")})",
            "prelu" => $"nn.PReLU({(choice.Flag("perChannel") ? planned.Input[0] : 1)}, init={Number(choice, "slope")})",
            "selu" => "nn.SELU()",
            "maxout" => $"Maxout({choice.Integer("pieces")})",
            "silu" => "nn.SiLU()",
            "gelu" => "nn.GELU()",
            "identity" => "nn.Identity()",
            _ => throw new NotSupportedException($"There is no PyTorch code for activation '{choice.Name}'."),
        },
        _ => throw new NotSupportedException($"There is no PyTorch code for layers of kind '{planned.Layer.Kind}'."),
    };

    private static string Number(TechniqueChoice choice, string parameter) => Literal.Number(choice.Number(parameter));

    private static string Flag(bool value) => value ? "True" : "False";
}

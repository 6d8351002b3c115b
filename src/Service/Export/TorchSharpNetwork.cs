using Trainyard.Specs.Catalog;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Export;

internal static class TorchSharpNetwork
{
    public static string Layers(ExportedRun run) => NetworkText.Lines(run.Plan.Layers, planned => Module(planned, run.Bfloat16), ("new Residual([", "])"), "//");

    /// <summary>Statements that initialize <c>parameter</c>, the weights with the name <c>name</c>.</summary>
    public static string Initialization(ExportedRun run)
    {
        var choices = run.Layers().Where(entry => NetworkText.Initialization(entry.Layer.Layer) is not null)
            .GroupBy(entry => NetworkText.Initialization(entry.Layer.Layer)!, entry => Literal.Text(Path(entry.Path) + ".weight")).ToList();
        return choices is [var only]
            ? Initialize(only.Key)
            : string.Join("\nelse ", choices.Select(choice => $"if (name is {string.Join(" or ", choice)})\n{{\n    {Initialize(choice.Key)}\n}}"));
    }

    /// <summary>Entries of a dictionary with the settings of every layer that LSUV scales; empty: there is none.</summary>
    public static string Scaled(ExportedRun run) => string.Join('\n',
        from entry in run.Layers()
        let choice = NetworkText.Initialization(entry.Layer.Layer)
        where choice?.Name == "lsuv"
        select $"[{Literal.Text(Path(entry.Path))}] = ({Number(choice, "tolerance")}, {choice.Integer("iterations")}),");

    private static string Path(IEnumerable<string> names) => string.Join(".layers.", names);

    private static string Initialize(TechniqueChoice choice) => choice.Name switch
    {
        "zeros" => "init.zeros_(parameter);",
        "normal" => $"init.normal_(parameter, std: {Number(choice, "std")});",
        "uniform" => $"init.uniform_(parameter, -{Number(choice, "limit")}, {Number(choice, "limit")});",
        // xavier_normal_ of TorchSharp 0.107 draws from the uniform distribution.
        "xavier" when choice.Text("variant") == "average" => choice.Text("distribution") == "normal"
            ? "init.normal_(parameter, std: Math.Sqrt(2.0 / (fanIn + fanOut)));"
            : "init.xavier_uniform_(parameter);",
        "xavier" or "lecun" => $"init.kaiming_{choice.Text("distribution")}_(parameter, nonlinearity: init.NonlinearityType.Linear);",
        "he" => $"init.kaiming_{choice.Text("distribution")}_(parameter, mode: init.FanInOut.{(choice.Text("mode") == "fan_out" ? "FanOut" : "FanIn")}, nonlinearity: init.NonlinearityType.ReLU);",
        "orthogonal" => $"init.orthogonal_(parameter, gain: {Number(choice, "gain")});",
        "orthogonal_msra" => "init.orthogonal_(parameter, gain: Math.Sqrt(2.0 * Math.Max(parameter.shape[0], fanIn) / fanIn));",
        "lsuv" => "init.orthogonal_(parameter);",
        _ => throw new NotSupportedException($"There is no TorchSharp code for initialization '{choice.Name}'."),
    };

    private static string Module(PlannedLayer planned, bool bfloat16) => planned.Layer switch
    {
        ConvLayer conv when bfloat16 => $"new Bfloat16Layer([{conv.Filters}, {planned.Input[0]}, {conv.Kernel}, {conv.Kernel}], {Flag(conv.Bias)}, (x, weight, bias) => "
            + $"functional.conv2d(x, weight, bias, [{conv.Stride}, {conv.Stride}], [{conv.Padding}, {conv.Padding}], [{conv.Dilation}, {conv.Dilation}]))",
        ConvLayer conv => $"Conv2d({planned.Input[0]}, {conv.Filters}, {conv.Kernel}, stride: {conv.Stride}, padding: {conv.Padding}, dilation: {conv.Dilation}, bias: {Flag(conv.Bias)})",
        DenseLayer dense when bfloat16 => $"new Bfloat16Layer([{dense.Units}, {planned.Input[0]}], {Flag(dense.Bias)}, functional.linear)",
        DenseLayer dense => $"Linear({planned.Input[0]}, {dense.Units}, hasBias: {Flag(dense.Bias)})",
        PoolLayer pool => $"{(pool.Pool == PoolKind.Max ? "Max" : "Avg")}Pool2d({pool.Size})",
        GlobalPoolLayer pool => $"Sequential(Adaptive{(pool.Pool == GlobalPool.Max ? "Max" : "Avg")}Pool2d([1, 1]), Flatten())",
        FlattenLayer => "Flatten()",
        BatchNormLayer norm => $"BatchNorm{(planned.Input.Count == 3 ? 2 : 1)}d({planned.Input[0]}, eps: {Literal.Number(norm.Epsilon)}, momentum: {Literal.Number(norm.Momentum)})",
        DropoutLayer dropout => $"Dropout({Literal.Number(dropout.Rate)})",
        ActivationLayer { Activation: var choice } => choice.Name switch
        {
            "sigmoid" => "Sigmoid()",
            "tanh" => "Tanh()",
            "relu" => "ReLU()",
            "leaky_relu" => $"LeakyReLU({Number(choice, "slope")})",
            "elu" => $"ELU({Number(choice, "alpha")})",
            "prelu" => $"PReLU({(choice.Flag("perChannel") ? planned.Input[0] : 1)}, init: {Number(choice, "slope")})",
            "selu" => "SELU()",
            "maxout" => $"new Maxout({choice.Integer("pieces")})",
            "silu" => "SiLU()",
            "gelu" => "GELU()",
            "identity" => "Identity()",
            _ => throw new NotSupportedException($"There is no TorchSharp code for activation '{choice.Name}'."),
        },
        _ => throw new NotSupportedException($"There is no TorchSharp code for layers of kind '{planned.Layer.Kind}'."),
    };

    private static string Number(TechniqueChoice choice, string parameter) => Literal.Number(choice.Number(parameter));

    private static string Flag(bool value) => value ? "true" : "false";
}

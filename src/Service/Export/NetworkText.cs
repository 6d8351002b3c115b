using Trainyard.Specs.Catalog;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Export;

/// <summary>The layers of a network as both languages list them; what a layer is called differs.</summary>
internal static class NetworkText
{
    /// <summary>The name of a layer among its neighbors, as in <c>conv1</c>.</summary>
    public static string Name(PlannedLayer planned) => planned.Name.Split('.', '/')[^1];

    /// <summary>How the weights of a layer are initialized; null: it has none.</summary>
    public static TechniqueChoice? Initialization(LayerSpec layer) => layer switch
    {
        ConvLayer conv => conv.Initialization,
        DenseLayer dense => dense.Initialization,
        _ => null,
    };

    // One line a layer: its name, its module and the shape of its output.
    public static string Lines(IEnumerable<PlannedLayer> layers, Func<PlannedLayer, string> module, (string Before, string After) residual, string comment) =>
        string.Join('\n', layers.Select(planned => planned.Layer is ResidualLayer
            ? $"({Literal.Text(Name(planned))}, {residual.Before}\n    {Lines(planned.Inner, module, residual, comment).Replace("\n", "\n    ", StringComparison.Ordinal)}\n{residual.After}),"
            : $"({Literal.Text(Name(planned))}, {module(planned)}),  {comment} [N, {string.Join(", ", planned.Output)}]"));
}

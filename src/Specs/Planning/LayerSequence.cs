using Trainyard.Specs.Findings;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Planning;

// Builds a list of layers: each added layer is checked and named, and its output shape and cost are inferred. After the first problem nothing more is added.
internal sealed class LayerSequence
{
    private readonly List<PlannedLayer> layers = [];
    private readonly Dictionary<string, int> counts;
    private readonly string prefix;

    public LayerSequence(IReadOnlyList<int> input)
        : this(input, [], "")
    {
    }

    private LayerSequence(IReadOnlyList<int> input, Dictionary<string, int> counts, string prefix)
    {
        Shape = input;
        this.counts = counts;
        this.prefix = prefix;
    }

    public IReadOnlyList<PlannedLayer> Layers => layers;

    /// <summary>Shape of one sample after the layers so far.</summary>
    public IReadOnlyList<int> Shape { get; private set; }

    /// <summary>Why a layer did not fit; null while all fit.</summary>
    public SpecFinding? Problem { get; private set; }

    /// <summary>The layer that did not fit; null while all fit.</summary>
    public BrokenLayer? Broken { get; private set; }

    // pointer: JSON pointer to the setting that it comes from. name: Its name; null for its kind and number.
    public void Add(LayerSpec layer, string pointer, string? name = null)
    {
        if (Problem is not null)
        {
            return;
        }

        name = prefix + (name ?? Number(layer.Kind));
        if (LayerShapes.Check(layer, name, Shape, pointer) is { } problem)
        {
            Break(layer, name, problem);
            return;
        }

        var inner = layer is ResidualLayer residual ? PlanInner(residual, pointer, name) : [];
        if (Problem is not null)
        {
            // The layers of the residual layer that fit come before the broken one.
            layers.AddRange(inner);
            return;
        }

        layers.Add(new PlannedLayer
        {
            Name = name,
            Layer = layer,
            Inner = inner,
            Input = Shape,
            Output = LayerShapes.Output(layer, Shape),
            Parameters = LayerShapes.Parameters(layer, Shape) + inner.Sum(part => part.Parameters),
            Flops = LayerShapes.Flops(layer, Shape) + inner.Sum(part => part.Flops),
        });
        Shape = layers[^1].Output;
    }

    public void AddAll(IEnumerable<LayerSpec> added, string pointer)
    {
        foreach (var layer in added)
        {
            Add(layer, pointer);
        }
    }

    public void AddFlatten(string pointer)
    {
        if (Shape.Count > 1)
        {
            Add(new FlattenLayer(), pointer);
        }
    }

    public void AddDropout(double rate, string pointer)
    {
        if (rate > 0)
        {
            Add(new DropoutLayer { Rate = rate }, pointer);
        }
    }

    private IReadOnlyList<PlannedLayer> PlanInner(ResidualLayer residual, string pointer, string name)
    {
        var inside = new LayerSequence(Shape, counts, $"{name}.");
        for (var index = 0; index < residual.Layers.Count; index++)
        {
            inside.Add(residual.Layers[index], $"{pointer}/layers/{index}");
        }

        (Problem, Broken) = (inside.Problem, inside.Broken);
        if (Problem is null && !inside.Shape.SequenceEqual(Shape))
        {
            Break(residual, name, SpecFinding.Error(
                $"{pointer}/layers", $"[{string.Join(", ", inside.Shape)}]", SpecFindingCode.ResidualChangesShape,
                ("layer", name), ("input", Shape), ("output", inside.Shape)));
        }

        return inside.Layers;
    }

    private void Break(LayerSpec layer, string name, SpecFinding problem)
    {
        Problem = problem;
        Broken = new BrokenLayer { Name = name, Kind = layer.Kind, Input = Shape };
    }

    private string Number(string kind)
    {
        var number = counts.GetValueOrDefault(kind) + 1;
        counts[kind] = number;
        return $"{kind}{number}";
    }
}

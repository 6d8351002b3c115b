using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Export;

internal sealed record ExportedRun
{
    public required Guid Id { get; init; }

    /// <summary>The run's present name; its spec keeps the one that it was submitted with.</summary>
    public required string Name { get; init; }

    public required ExperimentSpec Spec { get; init; }

    public required ModelPlan Plan { get; init; }

    /// <summary>Whether products are computed in bfloat16: as in the run's latest attempt, or as in the spec before the first.</summary>
    public required bool Bfloat16 { get; init; }

    /// <summary>The run whose weights training started from; null: they were drawn from the seed.</summary>
    public Guid? WeightsOf { get; init; }

    /// <summary>Every layer with its position in the model (a residual layer, then the layers within it) and the names that lead to it.</summary>
    public IReadOnlyList<(PlannedLayer Layer, int Position, IReadOnlyList<string> Path)> Layers()
    {
        var layers = new List<(PlannedLayer, int, IReadOnlyList<string>)>();
        Add(Plan.Layers, []);
        return layers;

        void Add(IEnumerable<PlannedLayer> planned, IReadOnlyList<string> parents)
        {
            foreach (var layer in planned)
            {
                IReadOnlyList<string> path = [.. parents, NetworkText.Name(layer)];
                layers.Add((layer, layers.Count, path));
                Add(layer.Inner, path);
            }
        }
    }
}

using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Export;

/// <summary>What a program is written from.</summary>
internal sealed record RunFacts
{
    /// <summary>The run.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its spec.</summary>
    public required ExperimentSpec Spec { get; init; }

    /// <summary>Its network.</summary>
    public required ModelPlan Plan { get; init; }

    /// <summary>Whether products are computed in bfloat16: as the run's newest attempt did, or as the spec says before the first.</summary>
    public required bool Bfloat16 { get; init; }

    /// <summary>The run whose weights training started from; null: they were drawn from the seed.</summary>
    public Guid? WeightsOf { get; init; }

    /// <summary>For the head of a program, that its first weights are not the run's; null: they are.</summary>
    public string? WeightsNote => WeightsOf is { } parent
        ? $"The recorded run started from the weights of run {parent}; this program draws its first weights from the seed."
        : null;

    /// <summary>Every layer with its position in the model (a residual layer, then the layers within it) and the names that lead to it.</summary>
    public IEnumerable<(PlannedLayer Layer, int Position, IReadOnlyList<string> Path)> Layers()
    {
        var position = 0;
        return Walk(Plan.Layers, []);

        IEnumerable<(PlannedLayer, int, IReadOnlyList<string>)> Walk(IReadOnlyList<PlannedLayer> layers, IReadOnlyList<string> parents)
        {
            foreach (var layer in layers)
            {
                IReadOnlyList<string> path = [.. parents, layer.Name.Split('.', '/')[^1]];
                yield return (layer, position++, path);
                foreach (var inner in Walk(layer.Inner, path))
                {
                    yield return inner;
                }
            }
        }
    }
}

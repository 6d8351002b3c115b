using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Events.Observation;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>The gradient from layer to layer, as evidence.</summary>
internal static class GradientCourse
{
    /// <summary>For each layer the norm of the gradient of its output, and what it is of that of the next layer.</summary>
    /// <param name="picture">The run.</param>
    /// <param name="layers">Layers of weighted sums whose gradient was measured, first to last.</param>
    public static IEnumerable<Evidence> Evidence(DiagnosisContext picture, IReadOnlyList<LayerObservation> layers)
    {
        for (var index = 0; index < layers.Count; index++)
        {
            var norm = layers[index].ActivationGradientNorm;
            yield return picture.Measured("gradient_norm", norm, layer: layers[index].Name);
            if (index + 1 < layers.Count)
            {
                yield return picture.Measured("gradient_ratio_to_next_layer", norm / layers[index + 1].ActivationGradientNorm, layer: layers[index].Name);
            }
        }
    }
}

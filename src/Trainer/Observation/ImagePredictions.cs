using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Observation;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Observation;

/// <summary>A few validation images, the same for the whole run, and what the network predicts for them.</summary>
internal sealed class ImagePredictions : IDisposable
{
    private const int Most = 16;

    // In base64, so that an event stays small.
    private const int MostCharacters = 16 * 1024;

    private readonly TrainingSetup setup;
    private readonly IReadOnlyList<LabeledImage> images;
    private readonly Tensor indices;

    private ImagePredictions(TrainingSetup setup, IReadOnlyList<LabeledImage> images, long[] samples)
    {
        this.setup = setup;
        this.images = images;
        indices = tensor(samples, device: setup.Device).DetachFromDisposeScope();
    }

    /// <summary>Null for samples that are no small images.</summary>
    public static ImagePredictions? Of(TrainingSetup setup)
    {
        // Evenly spaced, so that they are of several classes where the samples are in their order.
        var validation = setup.Split.Validation;
        var count = Math.Min(Most, validation.Length);
        int[] samples = [.. Enumerable.Range(0, count).Select(place => validation[(int)((long)place * validation.Length / count)])];
        List<LabeledImage> labeled = [];
        foreach (var sample in samples)
        {
            if (PngImage.Of(setup.Dataset.Train, sample) is not { } png || png.Length > MostCharacters / 4 * 3)
            {
                return null;
            }

            labeled.Add(new LabeledImage { Label = setup.Dataset.Train.Labels[sample], Image = Convert.ToBase64String(png) });
        }

        return count == 0 ? null : new ImagePredictions(setup, labeled, Array.ConvertAll(samples, sample => (long)sample));
    }

    // Waits for the device.
    public PredictionEvent Predict(int epoch, long step)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        setup.Network.eval();
        var (confidence, winner) = setup.Network.call(setup.Train.GetBatch(indices).Samples).to_type(ScalarType.Float32).softmax(1).max(1);
        using var winners = winner.cpu().data<long>();
        using var confidences = confidence.cpu().data<float>();
        return new PredictionEvent
        {
            Epoch = epoch,
            Step = step,
            Predictions = [.. winners.ToArray().Zip(confidences.ToArray(), (label, share) => new Prediction { Predicted = (int)label, Confidence = EventWriter.Finite(share) })],
            Images = epoch == 0 ? images : null,
        };
    }

    public void Dispose() => indices.Dispose();
}

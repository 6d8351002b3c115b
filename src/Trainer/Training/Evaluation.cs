using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Observation;

namespace Trainyard.Trainer.Training;

// Mean loss and accuracy of a network in evaluation mode. Labels are not smoothed and no penalty is added. batch: Samples that are taken at a time.
internal sealed class Evaluation(Network network, int batch, bool testTimeFlip, torch.Device device, StopSignal stop)
{
    // Evaluates samples; null: a stop was requested meanwhile. indices: Which of them: [n] int64, on the device. details: Receives every batch; may be null.
    public Meter.Reading? Run(BatchSource source, Tensor indices, EvaluationDetails? details = null)
    {
        using var _ = inference_mode();  // nobody looks at the outputs of layers, so they may be fused
        using var sums = new Meter(device);
        network.eval();
        var total = indices.numel();
        for (long first = 0; first < total; first += batch)
        {
            if (stop.Request is not null)
            {
                return null;
            }

            using var scope = NewDisposeScope();
            var (samples, labels) = source.GetBatch(indices.narrow(0, first, Math.Min(batch, total - first)));
            var scores = Prediction.Scores(network, samples, testTimeFlip);
            BatchLoss.Of(scores, labels).AddTo(sums);
            details?.Add(scores, labels);
        }

        return sums.Read();
    }
}

return 0;

(double Loss, double Accuracy) Evaluate(BatchSource from, Tensor chosen)
{
    using var _ = no_grad();
    using var sums = new Meter(device);
    for (long first = 0; first < chosen.numel(); first += 256)
    {
        using var scope = NewDisposeScope();
        var (samples, labels) = from.Take(chosen.narrow(0, first, Math.Min(256, chosen.numel() - first)));
        var scores = Prediction.Scores(network, samples, testTimeFlip);
        sums.Add(nn.functional.cross_entropy(scores, labels), scores, labels);
    }

    var reading = sums.Read();
    return (reading.Loss, reading.Accuracy);
}

Tensor Indices(int[] chosen) => tensor(Array.ConvertAll(chosen, index => (long)index), device: device);

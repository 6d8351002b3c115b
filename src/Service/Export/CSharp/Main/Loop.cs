var meter = new Meter(device);
var validation = Indices(split.Validation).DetachFromDisposeScope();
long step = 0;
for (var epoch = 0; epoch < Epochs && stopping?.IsDone != true; epoch++)
{
    using var epochScope = NewDisposeScope();
    var order = (int[])split.Train.Clone();
    seed.Stream(RandomPurpose.Order, epoch).Shuffle(order.AsSpan());
    var indices = Indices(order);
    meter.Set(0, 0, 0);
    for (var first = 0; first < order.Length; first += batchSize, step++)
    {
        using var stepScope = NewDisposeScope();
        var batch = indices.narrow(0, first, Math.Min(batchSize, order.Length - first));
        var (samples, labels) = augmentation is null ? source.Take(batch) : source.Take(batch, augmentation, seed.Stream(RandomPurpose.Augmentation, step));
        if (network.IsRandom)
        {
            manual_seed(seed.EngineSeed(RandomPurpose.Dropout, step));
        }

        var scores = network.Forward(samples, Mode.Train).to_type(ScalarType.Float32);
        var loss = nn.functional.cross_entropy(scores, labels, label_smoothing: LabelSmoothing);
        loss.backward();

        var rate = Peak * schedule.Factor(step);
        clipping?.Apply();
        decay?.Apply(rate, schedule.Factor(step));
        optimizer.Step(rate);
        foreach (var parameter in optimizer.Parameters)
        {
            parameter.grad = null;
        }

        meter.Add(LabelSmoothing > 0 ? nn.functional.cross_entropy(scores.detach(), labels) : loss, scores, labels);
        if (!float.IsFinite(loss.item<float>()))
        {
            Console.Error.WriteLine($"the loss became {loss.item<float>()} at step {step + 1}");
            return 1;
        }
    }

    var training = meter.Read();
    var (validationLoss, validationAccuracy) = Evaluate(source, validation);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {epoch + 1}: train loss {training.Loss:G9}, train accuracy {training.Accuracy:G9}, validation loss {validationLoss:G9}, validation accuracy {validationAccuracy:G9}"));
    var judged = double.IsFinite(validationLoss) ? validationLoss : double.MaxValue;
    schedule.EpochEnded(judged, validationAccuracy);
    stopping?.EpochEnded(judged, validationAccuracy);
    if (stopping?.State.EpochsWithoutImprovement == 0)
    {
        best?.Keep();
    }
}

best?.Exchange();

using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Planning;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Random;
using Trainyard.Trainer.Tests.Checkpoints;
using Trainyard.Trainer.Tests.Training;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Tests.Observation;

public sealed class ObservedRunTests
{
    [Fact]
    public void Train_Shapes_ObservesEveryRowOfTheLayerTableInEveryEpoch()
    {
        using var folder = new TemporaryFolder();
        var reading = TestSpecs.Read(TestSpecs.Shapes(epochs: 3));
        var run = InProcessRun.Train(reading, folder.File("run"), checkpoints: false);

        var rows = LayerTable.Rows(reading.Plan!);
        var observations = run.Events.OfType<ObservationEvent>().ToArray();
        Assert.Equal([(0, 0L), (1, 15L), (2, 30L), (3, 45L)], observations.Select(observation => (observation.Epoch, observation.Step)));
        Assert.All(observations, observation =>
        {
            Assert.All(observation.Layers, layer => Assert.Equal((rows[layer.Layer].Name, rows[layer.Layer].Kind), (layer.Name, layer.Kind)));
            Assert.All(observation.Layers, layer => Assert.NotNull(layer.Activation));
            Assert.All(
                observation.Layers.Where(layer => rows[layer.Layer].Parameters > 0),
                layer => Assert.True(layer is { Weight.Norm: > 0, Gradient.Norm: > 0, UpdateRatio: > 0 and < 1 }, layer.ToString()));
            Assert.All(
                observation.Layers.Where(layer => layer.Kind is "conv" or "dense"), layer => Assert.True(layer is { ActivationGradientNorm: > 0, UnitSpread: > 0.3 }));
            Assert.Equal(observation.Layers.Select(layer => layer.Layer), observation.Histograms!.Select(histogram => histogram.Layer));
            Assert.All(observation.Histograms!, histogram => Assert.InRange(histogram.Activation!.Counts.Sum(), 64 * 10, 65_536));
        });

        // He's first weights have a known spread: conv1 has 27 inputs.
        var first = observations[0].Layers[0];
        Assert.Equal(Math.Sqrt(2.0 / 27), first.Weight!.Std!.Value, 0.05);
        Assert.Equal(216, observations[0].Histograms![0].Weight!.Counts.Sum());
    }

    [Fact]
    public void Train_ObservedOrNot_EndsWithTheSameBits()
    {
        using var on = new TemporaryFolder();
        using var off = new TemporaryFolder();
        var observed = InProcessRun.Train(TestSpecs.Read(TestSpecs.Shapes(epochs: 2)), on.File("run"), checkpoints: false);
        var ordinary = InProcessRun.Train(TestSpecs.Read(Off(TestSpecs.Shapes(epochs: 2))), off.File("run"), checkpoints: false);

        Assert.NotEmpty(observed.Events.OfType<ObservationEvent>());
        Assert.DoesNotContain(ordinary.Events, happened => happened is ObservationEvent or DecisionFrameEvent or PredictionEvent);
        Assert.Equal(CheckpointContent.TensorsSha256(CheckpointContent.Newest(off)), CheckpointContent.TensorsSha256(CheckpointContent.Newest(on)));
        Assert.Equal(
            ordinary.Events.OfType<EpochEvent>().Select(epoch => (epoch.TrainLoss, epoch.ValidationLoss)),
            observed.Events.OfType<EpochEvent>().Select(epoch => (epoch.TrainLoss, epoch.ValidationLoss)));
    }

    [Fact]
    public void Train_Resumed_ObservesWhatTheWholeRunObserves()
    {
        using var whole = new TemporaryFolder();
        using var parts = new TemporaryFolder();
        var reading = TestSpecs.Read(TestSpecs.Shapes(epochs: 3));
        var reference = InProcessRun.Train(reading, whole.File("run"), checkpoints: false);
        var first = InProcessRun.Train(reading, parts.File("run"), stopsAfter: happened => happened is CheckpointEvent { Step: 20 });
        Assert.Equal(RunEnd.Stopped, first.End);
        var second = InProcessRun.Train(reading, parts.File("run"), resume: true);

        Assert.Equal(Describe(reference), [.. Describe(first), .. Describe(second)]);

        static IEnumerable<string> Describe(InProcessRun run) => run.Events.OfType<ObservationEvent>()
            .Select(observation => $"{observation.Epoch}: {string.Join("; ", observation.Layers)}");
    }

    [Fact]
    public void Train_Xor_DrawsAFilmOfTheDecision()
    {
        using var folder = new TemporaryFolder();
        var run = InProcessRun.Train(TestSpecs.Read(TestSpecs.Xor), folder.File("run"), checkpoints: false);
        var frames = run.Events.OfType<DecisionFrameEvent>().ToArray();
        Assert.Equal([.. Enumerable.Range(0, 21), 22, 24, 26, 28, 30], frames.Select(frame => frame.Epoch));
        Assert.All(frames, frame => Assert.Equal(frame.Epoch == 0, frame.Frame!.Points is not null));

        var points = frames[0].Frame!.Points!;
        Assert.Equal((320, 80), (points.Count(point => point.Split == DataSplit.Train), points.Count(point => point.Split == DataSplit.Validation)));
        Assert.Equal(200, points.Count(point => point.Label == 1));

        // At the end every corner has its class, and points are on the right side of the boundary.
        var last = frames[^1].Frame!;
        var (winner, confidence) = (Convert.FromBase64String(last.Winner), Convert.FromBase64String(last.Confidence));
        Assert.Equal((64, 64, 2), (last.Width, last.Height, last.Classes));
        Assert.Equal((64 * 64, 64 * 64), (winner.Length, confidence.Length));
        Assert.All(new[] { (0.0, 0.0, 0), (1.0, 0.0, 1), (0.0, 1.0, 1), (1.0, 1.0, 0) }, corner => Assert.Equal(corner.Item3, winner[At(corner.Item1, corner.Item2)]));
        Assert.All(confidence, share => Assert.InRange(share, 127, 255));
        Assert.InRange(points.Count(point => winner[At(point.X, point.Y)] == point.Label), 0.99 * points.Count, points.Count);

        // The outputs of the eight tanh units over the plane: both signs, and none beyond the scale.
        var hidden = Assert.Single(last.Hidden!);
        Assert.Equal(("activation1", 8, 16, 16), (hidden.Layer, hidden.Units, hidden.Width, hidden.Height));
        var maps = hidden.Maps.Select(Convert.FromBase64String).ToArray();
        Assert.Equal(8, maps.Length);
        Assert.All(maps, map => Assert.Equal(16 * 16, map.Length));
        Assert.Equal(127, maps.Max(map => map.Max(value => Math.Abs(value - 128))));
        Assert.NotEqual(frames[0].Frame!.Hidden!.Single().Maps, hidden.Maps);

        int At(double x, double y) =>
            ((int)Math.Round((y - last.YMin) / (last.YMax - last.YMin) * 63) * 64) + (int)Math.Round((x - last.XMin) / (last.XMax - last.XMin) * 63);
    }

    [Fact]
    public void Train_Shapes_PredictsForTheSameValidationImages()
    {
        using var folder = new TemporaryFolder();
        var reading = TestSpecs.Read(TestSpecs.Shapes(epochs: 2));
        var run = InProcessRun.Train(reading, folder.File("run"), checkpoints: false);
        var data = DrawnShapes.Generate(600, 100, reading.Spec!.Data.Dataset.Number("noise"), new RunSeed(5));
        var split = Split.Create(data.Train.Labels, reading.Spec.Data, new RunSeed(5));

        var events = run.Events.OfType<PredictionEvent>().ToArray();

        Assert.Equal([0, 1, 2], events.Select(predicted => predicted.Epoch));
        Assert.All(events, predicted => Assert.Equal(predicted.Epoch == 0, predicted.Images is not null));
        Assert.All(events.SelectMany(predicted => predicted.Predictions), one => Assert.InRange(one.Confidence!.Value, 0.1, 1));
        var images = events[0].Images!;
        Assert.Equal(16, images.Count);
        Assert.All(images, image => Assert.Contains(
            split.Validation, sample => data.Train.Labels[sample] == image.Label
                && data.Train.Values.AsSpan(sample * 3072, 3072).SequenceEqual(PngFile.Read(Convert.FromBase64String(image.Image)).Pixels)));
        Assert.All(events, predicted => Assert.Equal(16, predicted.Predictions.Count));
    }

    [Fact]
    public void Train_Shapes_EndsWithConfusionMatrixAndWorstMistakes()
    {
        using var folder = new TemporaryFolder();
        var reading = TestSpecs.Read(TestSpecs.Shapes(epochs: 2));
        var run = InProcessRun.Train(reading, folder.File("run"), checkpoints: false);
        var data = DrawnShapes.Generate(600, 100, reading.Spec!.Data.Dataset.Number("noise"), new RunSeed(5));
        var split = Split.Create(data.Train.Labels, reading.Spec.Data, new RunSeed(5));
        var evaluations = run.Events.OfType<EvaluationEvent>().ToArray();
        Assert.Equal([DataSplit.Validation, DataSplit.Test], evaluations.Select(evaluation => evaluation.Split));
        Assert.Equal([120, 100], evaluations.Select(evaluation => evaluation.Samples));
        Assert.Equal(run.Events.OfType<FinishedEvent>().Single().TestAccuracy, evaluations[1].Accuracy);

        foreach (var (evaluation, samples, indices) in new[] { (evaluations[0], data.Train, split.Validation), (evaluations[1], data.Test, Enumerable.Range(0, 100).ToArray()) })
        {
            Assert.Equal(10, evaluation.ClassNames.Count);
            Assert.Equal(evaluation.PerClass.Select(score => score.Support), evaluation.Confusion.Select(row => row.Sum()));
            Assert.Equal(indices.CountBy(index => samples.Labels[index]).OrderBy(pair => pair.Key).Select(pair => (long)pair.Value), evaluation.PerClass.Select(score => score.Support));
            var right = Enumerable.Range(0, 10).Sum(label => evaluation.Confusion[label][label]);
            Assert.Equal(evaluation.Accuracy!.Value, (double)right / evaluation.Samples, 12);

            var mistakes = evaluation.Mistakes!;
            Assert.InRange(mistakes.Count, Math.Min(36, evaluation.Samples - right), evaluation.Samples - right);
            Assert.Equal(mistakes.Count, mistakes.Select(mistake => mistake.Sample).Distinct().Count());
            foreach (var (label, row) in evaluation.Confusion.Index())
            {
                Assert.All(row.Index().Where(cell => cell.Index != label), cell =>
                    Assert.InRange(mistakes.Count(mistake => mistake.Label == label && mistake.Predicted == cell.Index), Math.Min(3, cell.Item), cell.Item));
            }

            Assert.Equal(mistakes.Select(mistake => mistake.Loss).OrderDescending(), mistakes.Select(mistake => mistake.Loss));
            Assert.All(mistakes, mistake =>
            {
                Assert.NotEqual(mistake.Label, mistake.Predicted);
                Assert.InRange(mistake.Confidence!.Value, 0.1, 1);
                Assert.Equal(samples.Labels[indices[mistake.Sample]], mistake.Label);
                var image = PngFile.Read(Convert.FromBase64String(mistake.Image!));
                Assert.Equal((32, 32, 3), (image.Width, image.Height, image.Channels));
                Assert.Equal(samples.Values.AsSpan(indices[mistake.Sample] * 3072, 3072).ToArray(), image.Pixels);
            });
        }
    }

    private static string Off(string spec) => spec.Replace("\"training\": {", "\"training\": { \"observe\": \"off\",", StringComparison.Ordinal);
}

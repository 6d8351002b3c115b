using Trainyard.Trainer.Observation;

namespace Trainyard.Trainer.Tests.Observation;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void Scores_ByHand_ArePrecisionRecallAndF1()
    {
        var matrix = new ConfusionMatrix(3);
        foreach (var (label, predicted) in new[] { (0, 0), (0, 0), (0, 1), (1, 1), (1, 0) })
        {
            matrix.Add(label, predicted);
        }

        Assert.Equal([[2, 1, 0], [1, 1, 0], [0, 0, 0]], matrix.Counts);
        var scores = matrix.Scores();
        Assert.Equal((2.0 / 3, 2.0 / 3, 3L), (scores[0].Precision, scores[0].Recall, scores[0].Support));
        Assert.Equal(2.0 / 3, scores[0].F1!.Value, 12);
        Assert.Equal((0.5, 0.5, 0.5, 2L), (scores[1].Precision, scores[1].Recall, scores[1].F1, scores[1].Support));
        // Never seen and never predicted.
        Assert.Equal((null, null, null, 0L), (scores[2].Precision, scores[2].Recall, scores[2].F1, scores[2].Support));
    }
}

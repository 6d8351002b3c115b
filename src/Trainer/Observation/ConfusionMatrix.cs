using Trainyard.Specs.Events.Observation;

namespace Trainyard.Trainer.Observation;

internal sealed class ConfusionMatrix(int classes)
{
    private readonly long[][] counts = [.. Enumerable.Range(0, classes).Select(_ => new long[classes])];

    /// <summary>Rows: true class; columns: predicted class.</summary>
    public IReadOnlyList<IReadOnlyList<long>> Counts => counts;

    public void Add(int label, int predicted) => counts[label][predicted]++;

    /// <summary>Precision, recall and F1 of each class; null where they are not defined.</summary>
    public IReadOnlyList<ClassScore> Scores() => [.. Enumerable.Range(0, classes).Select(Score)];

    private ClassScore Score(int label)
    {
        var support = counts[label].Sum();
        var predicted = counts.Sum(row => row[label]);
        var right = counts[label][label];
        return new ClassScore
        {
            Precision = predicted > 0 ? (double)right / predicted : null,
            Recall = support > 0 ? (double)right / support : null,
            F1 = predicted > 0 && support > 0 ? 2.0 * right / (predicted + support) : null,
            Support = support,
        };
    }
}

using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Observation;

namespace Trainyard.Service.Results;

/// <summary>How a split is classified, class by class.</summary>
public sealed record RunEvaluation
{
    /// <summary>Takes the members of an event.</summary>
    /// <param name="seq">Seq of the event.</param>
    /// <param name="at">When it happened, UTC.</param>
    /// <param name="happened">The event.</param>
    public RunEvaluation(long seq, DateTimeOffset at, EvaluationEvent happened)
    {
        Seq = seq;
        At = at;
        Epoch = happened.Epoch;
        Split = happened.Split;
        Samples = happened.Samples;
        Loss = happened.Loss;
        Accuracy = happened.Accuracy;
        ClassNames = happened.ClassNames;
        Confusion = happened.Confusion;
        PerClass = happened.PerClass;
        Mistakes = happened.Mistakes;
    }

    /// <summary>Seq of the event.</summary>
    public long Seq { get; }

    /// <summary>When it happened, UTC.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Completed epochs of the weights.</summary>
    public int Epoch { get; }

    /// <summary>Validation or test.</summary>
    public DataSplit Split { get; }

    /// <summary>Samples of the split.</summary>
    public int Samples { get; }

    /// <summary>Mean cross-entropy; null when it is not finite.</summary>
    public double? Loss { get; }

    /// <summary>Share of right predictions, 0 to 1.</summary>
    public double? Accuracy { get; }

    /// <summary>Names of the classes, in the order of their labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Samples by true class (row) and predicted class (column).</summary>
    public IReadOnlyList<IReadOnlyList<long>> Confusion { get; }

    /// <summary>Scores of each class, in the order of their labels.</summary>
    public IReadOnlyList<ClassScore> PerClass { get; }

    /// <summary>The wrong samples with the highest loss, highest first; null when none were kept.</summary>
    public IReadOnlyList<Mistake>? Mistakes { get; }
}

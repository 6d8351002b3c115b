namespace Trainyard.Service.Store;

/// <summary>The metrics of a run.</summary>
internal static class MetricNames
{
    public const string TrainLoss = "train_loss";
    public const string TrainAccuracy = "train_accuracy";
    public const string ValidationLoss = "validation_loss";
    public const string ValidationAccuracy = "validation_accuracy";
    public const string LearningRate = "learning_rate";
    public const string ImagesPerSecond = "images_per_second";

    /// <summary>All metrics, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> All { get; } =
        [TrainLoss, TrainAccuracy, ValidationLoss, ValidationAccuracy, LearningRate, ImagesPerSecond];

    /// <summary>Place of a metric in <see cref="All"/>; unknown ones come last.</summary>
    public static int Rank(string metric)
    {
        for (var place = 0; place < All.Count; place++)
        {
            if (All[place] == metric)
            {
                return place;
            }
        }

        return All.Count;
    }
}

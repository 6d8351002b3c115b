using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Service.Store;

namespace Trainyard.Service.Lessons;

/// <summary>What a claim of a lesson needs, so that it can be measured in its results.</summary>
internal static class LessonClaimRules
{
    public static IEnumerable<string> Check(LessonFile file, LessonClaim claim, string pointer)
    {
        if (!file.Sources.Any(source => source.Id == claim.Source))
        {
            yield return $"{pointer}/source: '{claim.Source}' is no source of the lesson.";
        }

        if (claim.AtLeast is null && claim.AtMost is null)
        {
            yield return $"{pointer}: has no bound: atLeast, atMost or both.";
        }

        foreach (var (quantity, name) in ((LessonQuantity?, string)[])[(claim.Value, "value"), (claim.Minus, "minus"), (claim.Over, "over")])
        {
            foreach (var problem in quantity is null ? [] : Check(file, quantity, $"{pointer}/{name}"))
            {
                yield return problem;
            }
        }
    }

    public static IEnumerable<string> UnknownRuns(LessonFile file, IReadOnlyList<string>? runs, string pointer) =>
        from run in (runs ?? []).Index()
        where file.Runs?.Any(known => known.Id == run.Item) != true
        select $"{pointer}/runs/{run.Index}: '{run.Item}' is no run of the lesson.";

    public static IEnumerable<string> UnknownStudies(LessonFile file, IReadOnlyList<string>? studies, string pointer) =>
        from study in (studies ?? []).Index()
        where file.Studies?.Any(known => known.Id == study.Item) != true
        select $"{pointer}/studies/{study.Index}: '{study.Item}' is no study of the lesson.";

    public static IEnumerable<string> UnknownLab(LessonFile file, string? lab, string pointer) =>
        lab is null ? file.Labs is { Count: > 1 } ? [$"{pointer}/lab: is missing; the lesson has several."] : []
        : file.Labs?.Any(known => known.Id == lab) == true ? []
        : [$"{pointer}/lab: '{lab}' is no lab of the lesson."];

    private static IEnumerable<string> Check(LessonFile file, LessonQuantity quantity, string pointer)
    {
        foreach (var problem in UnknownRuns(file, quantity.Runs, pointer).Concat(UnknownStudies(file, quantity.Studies, pointer)).Concat(UnknownLab(file, quantity.Lab, pointer)))
        {
            yield return problem;
        }

        if ((quantity.Measure == LessonMeasure.LabValue) != (file.Labs is not null))
        {
            yield return $"{pointer}/measure: lab_value is for lessons of labs, which have nothing else.";
        }

        if (quantity.Measure is LessonMeasure.TrialValue or LessonMeasure.TrialEpochs or LessonMeasure.CompletedTrials && file.Studies is null)
        {
            yield return $"{pointer}/measure: the lesson has no studies.";
        }

        if (quantity.Trials is { } trials && (file.Studies is null || trials.ValueKind != JsonValueKind.Object))
        {
            yield return $"{pointer}/trials: selects trials of a study by an object of values.";
        }
        else if (quantity.Trials is { } chosen)
        {
            var parameters = Parameters(file);
            foreach (var member in chosen.EnumerateObject())
            {
                if (!parameters.Contains(member.Name))
                {
                    yield return $"{pointer}/trials: the study has no parameter '{member.Name}'.";
                }
            }
        }

        if (quantity.Measure == LessonMeasure.LabValue && quantity.Pointer is null)
        {
            yield return $"{pointer}/pointer: is missing.";
        }

        if ((quantity.Across == LessonChoice.ShareAtLeast || quantity.Measure == LessonMeasure.Converged) && quantity.Level is null)
        {
            yield return $"{pointer}/level: is missing.";
        }

        if (quantity.When is { } when && LessonMeasures.MetricOf(when.Measure) is not (MetricNames.TrainLoss or MetricNames.TrainAccuracy or MetricNames.ValidationLoss or MetricNames.ValidationAccuracy))
        {
            yield return $"{pointer}/when/measure: is no loss or accuracy.";
        }

        if (quantity.WithinSeconds is not null && LessonMeasures.MetricOf(quantity.Measure) is null)
        {
            yield return $"{pointer}/withinSeconds: is for a loss, an accuracy or a speed by epoch.";
        }

        if ((quantity.At is null ? 0 : 1) + (quantity.When is null ? 0 : 1) + (quantity.WithinSeconds is null ? 0 : 1) > 1)
        {
            yield return $"{pointer}: only one of at, when and withinSeconds chooses the epoch.";
        }

        if (quantity.Measure == LessonMeasure.LayerCount && quantity.Layers is null)
        {
            yield return $"{pointer}/layers: is missing.";
        }
    }

    // Names of the parameters that the studies have in common.
    private static HashSet<string> Parameters(LessonFile file) =>
    [
        .. (file.Study is { } study && JsonSerializer.SerializeToNode(study)?["parameters"] is JsonArray parameters ? parameters : []).OfType<JsonObject>()
            .Select(parameter => parameter["name"]?.GetValue<string>()).OfType<string>(),
    ];
}

/// <summary>The measures by what they are read from.</summary>
internal static class LessonMeasures
{
    /// <summary>The metric with these values by epoch; null for a measure without.</summary>
    public static string? MetricOf(LessonMeasure measure) => measure switch
    {
        LessonMeasure.TrainLoss => MetricNames.TrainLoss,
        LessonMeasure.TrainAccuracy => MetricNames.TrainAccuracy,
        LessonMeasure.ValidationLoss => MetricNames.ValidationLoss,
        LessonMeasure.ValidationAccuracy => MetricNames.ValidationAccuracy,
        LessonMeasure.ImagesPerSecond => MetricNames.ImagesPerSecond,
        _ => null,
    };

    /// <summary>Whether it is a statistic of layers.</summary>
    public static bool IsOfLayers(LessonMeasure measure) => measure is >= LessonMeasure.GradientNorm and <= LessonMeasure.UnitSpread;
}

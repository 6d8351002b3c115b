using Trainyard.Service.Store;
using Trainyard.Specs.Diagnosis;

namespace Trainyard.Service.Compare;

/// <summary>Says what stands in the way of a conclusion.</summary>
internal static class Comparability
{
    // What decides on which samples a run is validated, the seed apart.
    private static readonly string[] SplitPointers = ["/data/validationFraction", "/data/validationCount"];

    /// <summary>The notes on some runs, most severe first.</summary>
    public static IReadOnlyList<ComparabilityNote> Of(IReadOnlyList<ComparisonInput> runs, IReadOnlyList<RunGroup> groups, IReadOnlyList<Factor> factors)
    {
        var specs = groups.Select(group => runs.First(run => run.Run.Id == group.Runs[0]).Spec).ToList();
        IEnumerable<ComparabilityNote?> notes = [Data(runs, factors), Split(factors), Smoothing(factors), .. Confounded(specs, factors), Unfinished(runs), Single(groups)];
        return [.. notes.OfType<ComparabilityNote>().OrderByDescending(note => note.Severity)];
    }

    private static ComparabilityNote? Data(IReadOnlyList<ComparisonInput> runs, IReadOnlyList<Factor> factors)
    {
        List<string> pointers = [.. factors.SelectMany(factor => factor.Pointers).Where(pointer => pointer.StartsWith("/data/dataset", StringComparison.Ordinal))];
        if (pointers.Count > 0)
        {
            return Note(DiagnosisSeverity.Problem, "Not comparable: the runs were trained and validated on different data.", pointers);
        }

        var known = runs.Where(run => run.DataFingerprint is not null).ToList();
        var fingerprints = known.Select(run => run.DataFingerprint).Distinct(StringComparer.Ordinal).Count();
        if (fingerprints < 2)
        {
            return null;
        }

        return known.All(IsDrawn) && known.GroupBy(run => run.Run.Seed).All(seed => seed.DistinctBy(run => run.DataFingerprint).Count() == 1)
            ? Note(
                DiagnosisSeverity.Info,
                "Each seed drew samples of its own, so the spread over seeds includes the luck of the draw; compare settings by seeds that all of them have.",
                [FlatSpec.Seed])
            : Note(
                DiagnosisSeverity.Problem,
                $"Not comparable: the dataset has the same name, but its files were not the same ({fingerprints} fingerprints).",
                ["/data/dataset/name"]);
    }

    // Drawn from the seed of the run, and not read from files: such a set says how many samples to draw.
    private static bool IsDrawn(ComparisonInput run) => run.Spec["/data/dataset/trainSamples"] is not null;

    private static ComparabilityNote? Split(IReadOnlyList<Factor> factors)
    {
        List<string> pointers = [.. factors.SelectMany(factor => factor.Pointers).Where(pointer => SplitPointers.Contains(pointer, StringComparer.Ordinal))];
        return pointers.Count > 0
            ? Note(DiagnosisSeverity.Problem, "Not comparable: the runs were validated on splits of different size, so on different samples.", pointers)
            : null;
    }

    private static ComparabilityNote? Smoothing(IReadOnlyList<Factor> factors) =>
        factors.Any(factor => factor.Pointers.Contains("/training/labelSmoothing", StringComparer.Ordinal))
            ? Note(
                DiagnosisSeverity.Warning,
                "Training losses are not comparable: label smoothing changes what the loss measures. Compare accuracies, or validation losses.",
                ["/training/labelSmoothing"])
            : null;

    // A factor can be judged when some two groups differ in nothing else. Where none do, its effect is mixed with that of whatever always
    // changes along with it.
    private static IEnumerable<ComparabilityNote> Confounded(List<FlatSpec> specs, IReadOnlyList<Factor> factors)
    {
        var pairs = new List<List<Factor>>();
        for (var first = 0; first < specs.Count; first++)
        {
            for (var second = first + 1; second < specs.Count; second++)
            {
                pairs.Add([.. factors.Where(factor => factor.Differs(specs[first], specs[second]))]);
            }
        }

        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var factor in factors)
        {
            var touching = pairs.Where(pair => pair.Contains(factor)).ToList();
            if (touching.Any(pair => pair.Count == 1))
            {
                continue;
            }

            var always = factors.Where(other => other != factor && touching.TrueForAll(pair => pair.Contains(other))).ToList();
            var others = always.Count > 0 ? always : [.. factors.Where(other => other != factor && touching.Exists(pair => pair.Contains(other)))];
            Factor[] together = [.. factors.Where(other => other == factor || others.Contains(other))];
            if (told.Add(string.Join('\n', together.Select(other => other.Label))))
            {
                yield return Note(
                    DiagnosisSeverity.Warning,
                    $"Confounded: wherever the {factor.Label} differs, these runs also differ in {Words([.. others.Select(other => other.Label)], always.Count > 0 ? "and" : "or")}. "
                    + "What causes a difference in the results cannot be told; a run that changes one thing only would tell.",
                    [.. together.SelectMany(other => other.Pointers)]);
            }
        }
    }

    private static ComparabilityNote? Unfinished(IReadOnlyList<ComparisonInput> runs)
    {
        var unfinished = runs.Where(run => run.Run.State != RunState.Succeeded).Select(run => run.Run.Name).ToList();
        return unfinished.Count > 0
            ? Note(
                DiagnosisSeverity.Info,
                $"{Words([.. unfinished.Take(3), .. unfinished.Count > 3 ? [$"{unfinished.Count - 3} more"] : (string[])[]], "and")} did not train to the end (yet): best values are of the epochs so far.",
                [])
            : null;
    }

    private static ComparabilityNote? Single(IReadOnlyList<RunGroup> groups)
    {
        var single = groups.Count(group => group.Runs.Count == 1);
        return groups.Count > 1 && single > 0
            ? Note(
                DiagnosisSeverity.Info,
                $"{(single == groups.Count ? "Each setting was" : $"{single} of {groups.Count} settings were")} trained with one seed only: small differences may be chance. Repeat with other seeds to see the spread.",
                [FlatSpec.Seed])
            : null;
    }

    private static string Words(IReadOnlyList<string> words, string conjunction) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} {conjunction} {words[^1]}";

    private static ComparabilityNote Note(DiagnosisSeverity severity, string message, IReadOnlyList<string> pointers) =>
        new() { Severity = severity, Message = message, Pointers = pointers };
}

using System.Text.Json;
using Trainyard.Service.Store;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Compare;

/// <summary>Says what stands in the way of a conclusion.</summary>
internal static class Comparability
{
    // What decides on which samples a run is validated, the seed apart.
    private static readonly string[] SplitPointers = ["/data/validationFraction", "/data/validationCount"];

    // Runs that a note names; of more it gives the number.
    private const int MostNames = 3;

    /// <summary>The notes on some runs, most severe first.</summary>
    public static IReadOnlyList<ComparabilityNote> Of(IReadOnlyList<ComparisonInput> runs, IReadOnlyList<RunGroup> groups, IReadOnlyList<Factor> factors)
    {
        var specs = groups.Select(group => runs.First(run => run.Run.Id == group.Runs[0]).Spec).ToList();
        IEnumerable<ComparabilityNote?> notes = [Data(runs, factors), Split(factors), Smoothing(factors), .. Confounded(specs, factors), Started(runs), Unfinished(runs), Single(groups)];
        return [.. notes.OfType<ComparabilityNote>().OrderByDescending(note => note.Severity)];
    }

    private static ComparabilityNote? Data(IReadOnlyList<ComparisonInput> runs, IReadOnlyList<Factor> factors)
    {
        List<string> pointers = [.. factors.SelectMany(factor => factor.Pointers).Where(pointer => pointer.StartsWith("/data/dataset", StringComparison.Ordinal))];
        if (pointers.Count > 0)
        {
            return Note(DiagnosisSeverity.Problem, ComparabilityCode.OtherData, "Not comparable: the runs were trained and validated on different data.", pointers);
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
                ComparabilityCode.DrawnBySeed,
                "Each seed drew samples of its own, so the spread over seeds includes the luck of the draw; compare settings by seeds that all of them have.",
                [FlatSpec.Seed])
            : Note(
                DiagnosisSeverity.Problem,
                ComparabilityCode.OtherFiles,
                $"Not comparable: the dataset has the same name, but its files were not the same ({fingerprints} fingerprints).",
                ["/data/dataset/name"],
                ("fingerprints", fingerprints));
    }

    // Drawn from the seed of the run, and not read from files: such a set says how many samples to draw.
    private static bool IsDrawn(ComparisonInput run) => run.Spec["/data/dataset/trainSamples"] is not null;

    private static ComparabilityNote? Split(IReadOnlyList<Factor> factors)
    {
        List<string> pointers = [.. factors.SelectMany(factor => factor.Pointers).Where(pointer => SplitPointers.Contains(pointer, StringComparer.Ordinal))];
        return pointers.Count > 0
            ? Note(DiagnosisSeverity.Problem, ComparabilityCode.OtherSplit, "Not comparable: the runs were validated on splits of different size, so on different samples.", pointers)
            : null;
    }

    private static ComparabilityNote? Smoothing(IReadOnlyList<Factor> factors) =>
        factors.Any(factor => factor.Pointers.Contains("/training/labelSmoothing", StringComparer.Ordinal))
            ? Note(
                DiagnosisSeverity.Warning,
                ComparabilityCode.LabelSmoothing,
                "Losses say less here: label smoothing keeps a network less sure of itself on purpose, so a higher loss need not be a worse network. Compare accuracies.",
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
            var join = always.Count > 0 ? "and" : "or";
            Factor[] together = [.. factors.Where(other => other == factor || others.Contains(other))];
            if (told.Add(string.Join('\n', together.Select(other => other.Label))))
            {
                yield return Note(
                    DiagnosisSeverity.Warning,
                    ComparabilityCode.Confounded,
                    $"Confounded: wherever the {factor.Label} differs, these runs also differ in {Words([.. others.Select(other => other.Label)], join)}. "
                    + "What causes a difference in the results cannot be told; a run that changes one thing only would tell.",
                    [.. together.SelectMany(other => other.Pointers)],
                    ("factor", factor.Key),
                    ("others", others.Select(other => other.Key)),
                    ("join", join));
            }
        }
    }

    // Runs that began with what other epochs had taught them stand beside runs that began with nothing.
    private static ComparabilityNote? Started(IReadOnlyList<ComparisonInput> runs)
    {
        List<ComparisonInput> started = [.. runs.Where(run => run.StartedFrom is not null)];
        return started.Count == 0 ? null
            : started.Count == runs.Count && started.DistinctBy(run => run.StartedFrom).Count() == 1
            ? OnRuns(
                DiagnosisSeverity.Info,
                ComparabilityCode.ParentWeights,
                "All runs started from the weights of one checkpoint, not from drawn ones: their epochs come on top of those that it had.",
                started)
            : OnRuns(
                DiagnosisSeverity.Warning,
                ComparabilityCode.ParentWeights,
                $"{Names(started)} started from the weights of the run that {(started.Count == 1 ? "it was" : "they were")} made from, not from drawn ones: "
                + "those epochs come on top, and at the same epoch other runs have trained for less.",
                started);
    }

    private static ComparabilityNote? Unfinished(IReadOnlyList<ComparisonInput> runs)
    {
        List<ComparisonInput> unfinished = [.. runs.Where(run => run.Run.State != RunState.Succeeded)];
        return unfinished.Count > 0
            ? OnRuns(
                DiagnosisSeverity.Info,
                ComparabilityCode.Unfinished,
                $"{Names(unfinished)} did not train to the end (yet): best values are of the epochs so far.",
                unfinished)
            : null;
    }

    private static ComparabilityNote? Single(IReadOnlyList<RunGroup> groups)
    {
        var single = groups.Count(group => group.Runs.Count == 1);
        return groups.Count > 1 && single > 0
            ? Note(
                DiagnosisSeverity.Info,
                ComparabilityCode.SingleSeed,
                $"{(single == groups.Count ? "Each setting was" : $"{single} of {groups.Count} settings were")} trained with one seed only: small differences may be chance. Repeat with other seeds to see the spread.",
                [FlatSpec.Seed],
                ("single", single),
                ("settings", groups.Count))
            : null;
    }

    private static string Names(List<ComparisonInput> runs) => Words(
        [.. runs.Take(MostNames).Select(run => run.Run.Name), .. runs.Count > MostNames ? [$"{runs.Count - MostNames} more"] : (string[])[]], "and");

    private static string Words(IReadOnlyList<string> words, string conjunction) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} {conjunction} {words[^1]}";

    private static ComparabilityNote OnRuns(DiagnosisSeverity severity, ComparabilityCode code, string message, List<ComparisonInput> runs) => Note(
        severity,
        code,
        message,
        [],
        ("runs", runs.Select(run => run.Run.Id)),
        ("names", runs.Take(MostNames).Select(run => run.Run.Name)),
        ("more", Math.Max(0, runs.Count - MostNames)));

    private static ComparabilityNote Note(
        DiagnosisSeverity severity, ComparabilityCode code, string message, IReadOnlyList<string> pointers, params (string Name, object Value)[] arguments) => new()
    {
        Severity = severity,
        Code = code,
        Arguments = arguments.ToDictionary(
            argument => argument.Name, argument => JsonSerializer.SerializeToElement(argument.Value, SpecJson.Options), StringComparer.Ordinal),
        Message = message,
        Pointers = pointers,
    };
}

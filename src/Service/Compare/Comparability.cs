using System.Numerics;
using System.Text.Json;
using Trainyard.Service.Store;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Compare;

internal static class Comparability
{
    // What determines the validation split.
    private static readonly string[] SplitPointers = ["/data/validationFraction", "/data/validationCount", FlatSpec.DataSeed];

    // Further runs are only counted.
    private const int MaximumNames = 3;

    /// <summary>Notes, most severe first.</summary>
    public static IReadOnlyList<ComparabilityNote> Evaluate(IReadOnlyList<ComparisonInput> runs, IReadOnlyList<RunGroup> groups, IReadOnlyList<Factor> factors)
    {
        var specs = new SpecTable([.. groups.Select(group => runs.First(run => run.Run.Id == group.Runs[0]).Spec)]);
        IEnumerable<ComparabilityNote?> notes = [Data(runs, factors), Split(factors), Smoothing(factors), .. Confounded(specs, factors), Started(runs), Unfinished(runs), Single(groups)];
        return [.. notes.OfType<ComparabilityNote>().OrderByDescending(note => note.Severity)];
    }

    private static ComparabilityNote? Data(IReadOnlyList<ComparisonInput> runs, IReadOnlyList<Factor> factors)
    {
        List<string> pointers = [.. factors.SelectMany(factor => factor.Pointers)
            .Where(pointer => pointer.StartsWith("/data/dataset", StringComparison.Ordinal) || (pointer == FlatSpec.DataSeed && runs.Any(IsGenerated)))];
        if (pointers.Count > 0)
        {
            return Note(DiagnosisSeverity.Problem, ComparabilityCode.OtherData, "Not comparable: the runs were trained and validated on different data.", pointers);
        }

        var fingerprints = runs.Select(run => run.DataFingerprint).OfType<string>().Distinct(StringComparer.Ordinal).Count();
        return fingerprints < 2
            ? null
            : Note(
                DiagnosisSeverity.Problem,
                ComparabilityCode.OtherFiles,
                $"Not comparable: the dataset has the same name, but different files ({fingerprints} fingerprints).",
                ["/data/dataset/name"],
                ("fingerprints", fingerprints));
    }

    // Generated datasets have a number of samples; datasets in files do not.
    private static bool IsGenerated(ComparisonInput run) => run.Spec["/data/dataset/trainSamples"] is not null;

    private static ComparabilityNote? Split(IReadOnlyList<Factor> factors)
    {
        List<string> pointers = [.. factors.SelectMany(factor => factor.Pointers).Where(pointer => SplitPointers.Contains(pointer, StringComparer.Ordinal))];
        return pointers.Count > 0
            ? Note(DiagnosisSeverity.Problem, ComparabilityCode.OtherSplit, "Not comparable: the validation splits differ, so the runs were validated on different samples.", pointers)
            : null;
    }

    private static ComparabilityNote? Smoothing(IReadOnlyList<Factor> factors) =>
        factors.Any(factor => factor.Pointers.Contains("/training/labelSmoothing", StringComparer.Ordinal))
            ? Note(
                DiagnosisSeverity.Warning,
                ComparabilityCode.LabelSmoothing,
                "Losses are of limited use: label smoothing reduces confidence by design, so a higher loss does not imply a worse network. Compare accuracies.",
                ["/training/labelSmoothing"])
            : null;

    // The effect of a factor can be isolated if two groups differ in nothing else; otherwise it is confounded with the factors that change with it.
    private static IEnumerable<ComparabilityNote> Confounded(SpecTable specs, IReadOnlyList<Factor> factors)
    {
        var pairs = Pairs([.. factors.Select(factor => specs.Numbers(factor.Pointers))]);
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, factor) in factors.Index())
        {
            var touching = pairs.Where(pair => Has(pair, index)).ToList();
            if (touching.Exists(pair => pair == BigInteger.One << index))
            {
                continue;
            }

            var always = factors.Where((_, other) => other != index && touching.TrueForAll(pair => Has(pair, other))).ToList();
            var others = always.Count > 0 ? always : [.. factors.Where((_, other) => other != index && touching.Exists(pair => Has(pair, other)))];
            var join = always.Count > 0 ? "and" : "or";
            Factor[] together = [.. factors.Where(other => other == factor || others.Contains(other))];
            if (reported.Add(string.Join('\n', together.Select(other => other.Label))))
            {
                yield return Note(
                    DiagnosisSeverity.Warning,
                    ComparabilityCode.Confounded,
                    $"Confounded: runs that differ in {factor.Label} also differ in {Join([.. others.Select(other => other.Label)], join)}. "
                    + "A difference in the results cannot be attributed to one of them; add a run that changes only one.",
                    [.. together.SelectMany(other => other.Pointers)],
                    ("factor", factor.Key),
                    ("others", others.Select(other => other.Key)),
                    ("join", join));
            }
        }
    }

    // In which factors two specs differ, one bit for each factor, for all pairs of specs: each set of factors once. numbers: of the values of each factor.
    private static HashSet<BigInteger> Pairs(IReadOnlyList<int[]> numbers)
    {
        var pairs = new HashSet<BigInteger>();
        for (var first = 0; first < (numbers.Count == 0 ? 0 : numbers[0].Length); first++)
        {
            for (var second = first + 1; second < numbers[0].Length; second++)
            {
                var differing = BigInteger.Zero;
                for (var factor = 0; factor < numbers.Count; factor++)
                {
                    differing |= numbers[factor][first] == numbers[factor][second] ? BigInteger.Zero : BigInteger.One << factor;
                }

                pairs.Add(differing);
            }
        }

        return pairs;
    }

    private static bool Has(BigInteger pair, int factor) => !(pair >> factor).IsEven;

    private static ComparabilityNote? Started(IReadOnlyList<ComparisonInput> runs)
    {
        List<ComparisonInput> started = [.. runs.Where(run => run.StartedFrom is not null)];
        return started.Count == 0 ? null
            : started.Count == runs.Count && started.DistinctBy(run => run.StartedFrom).Count() == 1
            ? OnRuns(
                DiagnosisSeverity.Info,
                ComparabilityCode.ParentWeights,
                "All runs started from the weights of the same checkpoint: their epochs are in addition to those of the checkpoint.",
                started)
            : OnRuns(
                DiagnosisSeverity.Warning,
                ComparabilityCode.ParentWeights,
                $"{Names(started)} started from the weights of {(started.Count == 1 ? "its parent run" : "their parent runs")}: "
                + "those epochs are in addition, so at the same epoch other runs have trained for less.",
                started);
    }

    private static ComparabilityNote? Unfinished(IReadOnlyList<ComparisonInput> runs)
    {
        List<ComparisonInput> unfinished = [.. runs.Where(run => run.Run.State != RunState.Succeeded)];
        return unfinished.Count > 0
            ? OnRuns(
                DiagnosisSeverity.Info,
                ComparabilityCode.Unfinished,
                $"{Names(unfinished)} {(unfinished.Count == 1 ? "is" : "are")} unfinished: best values are those of the epochs so far.",
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
                $"{(single == groups.Count ? "Each setting was" : $"{single} of {groups.Count} settings were")} trained with one seed only: "
                + "small differences may be due to chance. Repeat with other seeds to estimate the standard deviation.",
                [FlatSpec.Seed],
                ("single", single),
                ("settings", groups.Count))
            : null;
    }

    private static string Names(List<ComparisonInput> runs) => Join(
        [.. runs.Take(MaximumNames).Select(run => run.Run.Name), .. runs.Count > MaximumNames ? [$"{runs.Count - MaximumNames} more"] : (string[])[]], "and");

    private static string Join(IReadOnlyList<string> items, string conjunction) =>
        items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.Take(items.Count - 1))} {conjunction} {items[^1]}";

    private static ComparabilityNote OnRuns(DiagnosisSeverity severity, ComparabilityCode code, string message, List<ComparisonInput> runs) => Note(
        severity,
        code,
        message,
        [],
        ("runs", runs.Select(run => run.Run.Id)),
        ("names", runs.Take(MaximumNames).Select(run => run.Run.Name)),
        ("more", Math.Max(0, runs.Count - MaximumNames)));

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

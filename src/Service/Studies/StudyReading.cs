using System.Text.Json;
using Trainyard.Service.Queue;
using Trainyard.Service.Runs;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Studies;

/// <summary>A request that was read: the definition and number of trials, or findings with pointers into the request.</summary>
internal sealed record StudyReading
{
    public StudyDefinition? Definition { get; init; }

    public int Trials { get; init; }

    /// <summary>Of the space; null where it has no end.</summary>
    public long? Combinations { get; init; }

    public required IReadOnlyList<SpecFinding> Findings { get; init; }
}

/// <summary>Checks a study, and fills in its defaults.</summary>
internal sealed class StudyValidator(SpecLimitSource limits, RunQueue queue)
{
    private const int DefaultTrials = 20;

    // Trials of which at least one must be valid.
    private const int Tried = 20;

    public async Task<StudyReading> ReadAsync(StudyRequest request, CancellationToken cancellationToken)
    {
        var space = new SearchSpace { Parameters = request.Parameters };
        var spec = SpecReader.Read(JsonSerializer.SerializeToUtf8Bytes(request.Spec), await limits.CurrentAsync(cancellationToken));
        var findings = Check(request, space, spec);
        if (findings.Exists(finding => finding.Severity == FindingSeverity.Error))
        {
            return new StudyReading { Findings = Sorted(findings) };
        }

        var definition = await DefineAsync(request, spec.Spec!, cancellationToken);
        var combinations = definition.CreateSearcher().TrialsOf(space);
        if (Trials(request, combinations) is not { } trials)
        {
            findings.Add(SpecFinding.Error(
                "/trials", request.Trials?.ToString(System.Globalization.CultureInfo.InvariantCulture), SpecFindingCode.OutOfRange,
                ("member", "trials"), ("allowed", TrialsDefinition(1, StudyDefinition.MaximumTrials)), ("suggested", StudyDefinition.MaximumTrials)));
            return new StudyReading { Findings = Sorted(findings) };
        }

        var first = Expand(request.Name, definition, Math.Min(trials, Tried), await limits.CurrentAsync(cancellationToken));
        if (first.TrueForAll(trial => !trial.Reading.IsValid))
        {
            findings.AddRange(first[0].Reading.Findings.Select(finding => finding with { Pointer = "/spec" + finding.Pointer }));
            return new StudyReading { Findings = Sorted(findings) };
        }

        findings.AddRange(StudyWarnings.Of(request, definition, trials));
        return new StudyReading { Definition = definition, Trials = trials, Combinations = combinations, Findings = Sorted(findings) };
    }

    /// <summary>What is wrong with the spec, the space and the method, with pointers into the request.</summary>
    public static IReadOnlyList<SpecFinding> Check(StudyRequest request, SpecLimits? limits) => Check(
        request, new SearchSpace { Parameters = request.Parameters }, SpecReader.Read(JsonSerializer.SerializeToUtf8Bytes(request.Spec), limits));

    /// <summary>The trials as they would be proposed while none of them has ended.</summary>
    public static List<(int Number, Assignment Assignment, SpecReading Reading)> Expand(string name, StudyDefinition definition, int count, SpecLimits limits)
    {
        var searcher = definition.CreateSearcher();
        List<(int, Assignment, SpecReading)> planned = [];
        List<TrialResult> history = [];
        for (var number = 0; number < count && searcher.Propose(definition.Space, history, number, definition.Seed) is { } assignment; number++)
        {
            planned.Add((number, assignment, TrialSpec.Read(definition, name, number, assignment, definition.Seeds[0], limits)));
            history.Add(new TrialResult { Number = number, Assignment = assignment, State = TrialState.Running });
        }

        return planned;
    }

    /// <summary>What a number of trials may be.</summary>
    public static ParameterDefinition TrialsDefinition(int minimum, long maximum) =>
        new() { Name = "trials", Kind = ParameterKind.Integer, Minimum = minimum, Maximum = maximum, Explanation = "" };

    private static List<SpecFinding> Check(StudyRequest request, SearchSpace space, SpecReading spec)
    {
        List<SpecFinding> findings =
        [
            .. spec.Findings.Select(finding => finding with { Pointer = "/spec" + finding.Pointer }),
            .. SearchSpaceReader.Check(space),
        ];
        if (spec.Spec?.Training.EvaluateTest == true)
        {
            findings.Add(SpecFinding.Error("/spec/training/evaluateTest", "true", SpecFindingCode.TestDuringSelection));
        }

        findings.AddRange(ReservedPointers(space));
        if (findings.TrueForAll(finding => finding.Severity != FindingSeverity.Error))
        {
            findings.AddRange(request.Method.Check(space));
        }

        return findings;
    }

    // All points of a grid, unless there are fewer to be; null for more than a study may have.
    private static int? Trials(StudyRequest request, long? combinations)
    {
        var trials = Math.Min(request.Trials ?? combinations ?? DefaultTrials, combinations ?? long.MaxValue);
        return trials > StudyDefinition.MaximumTrials ? null : (int)trials;
    }

    // Names and seeds of runs are the study's own, and the test set is not for selection.
    private static IEnumerable<SpecFinding> ReservedPointers(SearchSpace space)
    {
        string[] reserved = ["/name", "/seed", "/training/evaluateTest", "/version"];
        return space.Parameters.Index().SelectMany(parameter => parameter.Item.Pointers.Index()
            .Where(pointer => reserved.Contains(pointer.Item, StringComparer.Ordinal))
            .Select(pointer => SpecFinding.Error(
                $"/parameters/{parameter.Index}/pointers/{pointer.Index}", JsonSerializer.Serialize(pointer.Item), SpecFindingCode.NotVaried, ("pointer", pointer.Item))));
    }

    private async Task<StudyDefinition> DefineAsync(StudyRequest request, ExperimentSpec spec, CancellationToken cancellationToken) => new()
    {
        Spec = request.Spec,
        Parameters = request.Parameters,
        Method = request.Method,
        Stopping = request.Stopping,
        Metric = request.Metric,
        Score = request.Score ?? (spec.Training.EarlyStopping?.RestoreBest == true ? ScoredEpoch.Best : ScoredEpoch.Last),
        Epochs = spec.Training.Epochs,
        Device = spec.Training.Device,
        Parallelism = request.Parallelism ?? Math.Clamp(await queue.SlotsAsync(spec.Training.Device == Device.Cuda ? "cuda" : "cpu", cancellationToken), 1, StudyDefinition.MaximumParallelism),
        Seeds = [.. Enumerable.Range(0, request.Seeds).Select(seed => (int)((spec.Seed + (long)seed) % (int.MaxValue + 1L)))],
        Seed = request.Seed,
        Budget = request.Budget ?? new StudyBudget(),
    };

    private static IReadOnlyList<SpecFinding> Sorted(List<SpecFinding> findings) => [.. findings.OrderByDescending(finding => finding.Severity)];
}

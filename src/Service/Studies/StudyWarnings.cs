using System.Globalization;
using System.Text.Json;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;
using Trainyard.Studies.Search;
using Trainyard.Studies.Stopping;

namespace Trainyard.Service.Studies;

/// <summary>Settings of a valid study that have no effect, or leave nothing of what they are for.</summary>
internal static class StudyWarnings
{
    // Which methods and rules read a setting.
    private static readonly Dictionary<string, string[]> Users = new(StringComparer.Ordinal)
    {
        ["scramble"] = ["quasi_random"],
        ["startupTrials"] = ["tpe"],
        ["candidates"] = ["tpe"],
        ["multivariate"] = ["tpe"],
        ["reductionFactor"] = ["asha", "successive_halving"],
        ["earlyStoppingRate"] = ["asha", "successive_halving"],
        ["bracketTrials"] = ["successive_halving"],
        ["minimumTrials"] = ["median"],
    };

    /// <param name="request">The request.</param>
    /// <param name="definition">What it defines.</param>
    /// <param name="trials">Trials of the study.</param>
    public static IEnumerable<SpecFinding> Of(StudyRequest request, StudyDefinition definition, int trials) =>
    [
        .. UnusedSettings(request.Method, "/method", definition.Method.Name),
        .. definition.Stopping is { } rule ? [.. UnusedSettings(rule, "/stopping", rule.Name), .. OfStopping(rule, definition.Epochs, trials)] : Array.Empty<SpecFinding>(),
        .. OfSearch(request, trials),
    ];

    /// <summary>Of a budget, by what one trial takes.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="flops">Floating-point operations of a trial.</param>
    /// <param name="seconds">Seconds of a trial; null: not known.</param>
    public static IEnumerable<SpecFinding> OfBudget(StudyBudget budget, double flops, double? seconds)
    {
        if (budget.Flops < flops)
        {
            yield return TooSmall("flops", budget.Flops.Value, flops);
        }

        if (budget.Seconds < seconds)
        {
            yield return TooSmall("seconds", budget.Seconds.Value, seconds.Value);
        }
    }

    private static IEnumerable<SpecFinding> OfSearch(StudyRequest request, int trials)
    {
        var startup = request.Method.StartupTrials ?? SearchMethod.DefaultStartupTrials;
        if (request.Method.Name == SearchMethodName.Tpe && trials <= startup)
        {
            yield return Warning("/method/startupTrials", request.Method.StartupTrials, SpecFindingCode.OnlyStartupTrials, ("startup", startup), ("trials", trials));
        }

        if (request.Parallelism > trials)
        {
            yield return Warning("/parallelism", request.Parallelism, SpecFindingCode.ParallelismUnused, ("parallelism", request.Parallelism), ("trials", trials));
        }
    }

    private static IEnumerable<SpecFinding> OfStopping(StoppingRule rule, int epochs, int trials)
    {
        var isMedian = rule.Name == StoppingRuleName.Median;
        var skipped = isMedian ? 1 : Math.Pow(rule.Factor, rule.EarlyStoppingRate ?? 0);
        var first = (rule.MinimumEpochs ?? 1) * skipped;
        if (first >= epochs)
        {
            var most = (int)((epochs - 1) / skipped);
            yield return Warning(
                "/stopping/minimumEpochs", rule.MinimumEpochs, SpecFindingCode.StoppingAfterEnd, ("first", first), ("epochs", epochs), ("suggested", most > 0 ? most : null));
        }
        else if (isMedian && rule.CompletedBefore >= trials)
        {
            yield return Warning("/stopping/minimumTrials", rule.MinimumTrials, SpecFindingCode.StoppingNeedsTrials, ("minimum", rule.CompletedBefore), ("trials", trials));
        }
        else if (!isMedian && Math.Min(trials, rule.BracketTrials ?? trials) < rule.Factor)
        {
            yield return Warning(
                "/stopping/reductionFactor", rule.ReductionFactor, SpecFindingCode.NothingPromoted, ("trials", Math.Min(trials, rule.BracketTrials ?? trials)), ("factor", rule.Factor));
        }
    }

    // Those that are given, and that the method or rule of this name does not read.
    private static IEnumerable<SpecFinding> UnusedSettings<T, TName>(T settings, string pointer, TName name)
        where TName : struct, Enum
    {
        var document = JsonSerializer.SerializeToElement(settings, SpecJson.Options);
        var wireName = JsonNamingPolicy.SnakeCaseLower.ConvertName(name.ToString());
        return document.EnumerateObject()
            .Where(member => member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False) && Users.TryGetValue(member.Name, out var users) && !users.Contains(wireName, StringComparer.Ordinal))
            .Select(member => SpecFinding.Warning(
                $"{pointer}/{member.Name}", member.Value.GetRawText(), SpecFindingCode.UnusedByMethod, ("member", member.Name), ("name", wireName)));
    }

    private static SpecFinding TooSmall(string unit, double budget, double expected) => SpecFinding.Warning(
        $"/budget/{unit}", budget.ToString(CultureInfo.InvariantCulture), SpecFindingCode.BudgetTooSmall, ("budget", budget), ("expected", expected), ("unit", unit));

    private static SpecFinding Warning(string pointer, int? found, SpecFindingCode code, params (string Name, object? Value)[] arguments) =>
        SpecFinding.Warning(pointer, found?.ToString(CultureInfo.InvariantCulture), code, arguments);
}

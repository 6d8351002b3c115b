using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Specs.Json;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Lessons;

/// <summary>What came of a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>It was measured, and is within its bounds.</summary>
    Holds,

    /// <summary>It was measured, and is not.</summary>
    DoesNotHold,

    /// <summary>Its runs have not ended.</summary>
    Pending,

    /// <summary>Its runs have ended without the number: one was cancelled or deleted, or failed otherwise than by diverging, or its test set was not evaluated.</summary>
    NotMeasured,
}

/// <summary>The outcome of a claim. Numbers that are not finite, such as the time to a level that was never reached, are null.</summary>
public sealed record ClaimOutcome
{
    /// <summary>Id of the claim in the lesson.</summary>
    public required string Claim { get; init; }

    /// <summary>The verdict.</summary>
    public required ClaimVerdict Verdict { get; init; }

    /// <summary>What is compared with the bounds; while runs train, what it is so far.</summary>
    public required double? Result { get; init; }

    /// <summary>The number; equal to the result without the two below.</summary>
    public required double? Value { get; init; }

    /// <summary>What was subtracted from it; null without.</summary>
    public required double? Minus { get; init; }

    /// <summary>What it was divided by; null without.</summary>
    public required double? Over { get; init; }

    /// <summary>Whether the result is infinite: a level was never reached, or training diverged.</summary>
    public required bool Infinite { get; init; }
}

/// <summary>Judges claims by results. Computes only.</summary>
internal static class ClaimEvaluator
{
    public static ClaimOutcome Evaluate(LessonClaim claim, LessonFacts facts)
    {
        var value = Measure(claim.Value, facts);
        var minus = claim.Minus is { } subtracted ? Measure(subtracted, facts) : null;
        var over = claim.Over is { } divisor ? Measure(divisor, facts) : null;
        var result = value.Number;
        if (minus is not null)
        {
            result -= minus.Number;
        }

        if (over is not null)
        {
            result /= over.Number;
        }

        if (result is { } number && double.IsNaN(number))
        {
            result = null;
        }

        var isFinal = value.IsFinal && minus?.IsFinal != false && over?.IsFinal != false;
        return new ClaimOutcome
        {
            Claim = claim.Id,
            Verdict = !isFinal ? ClaimVerdict.Pending
                : result is not { } known ? ClaimVerdict.NotMeasured
                : !(known < claim.AtLeast - claim.Tolerance) && !(known > claim.AtMost + claim.Tolerance) ? ClaimVerdict.Holds
                : ClaimVerdict.DoesNotHold,
            Result = Finite(result),
            Value = Finite(value.Number),
            Minus = Finite(minus?.Number),
            Over = Finite(over?.Number),
            Infinite = result is { } infinite && double.IsInfinity(infinite),
        };
    }

    private static double? Finite(double? number) => number is { } known && double.IsFinite(known) ? known : null;

    private static Measured Measure(LessonQuantity quantity, LessonFacts facts) => quantity.Measure switch
    {
        LessonMeasure.LabValue => InLab(quantity, quantity.Lab is { } lab ? facts.Labs.GetValueOrDefault(lab) : facts.Labs.Values.SingleOrDefault()),
        _ when facts.Studies.Count > 0 => InStudies(quantity, [.. (quantity.Studies ?? facts.Studies.Keys).Select(id => facts.Studies.GetValueOrDefault(id))]),
        _ => InRuns(quantity, [.. (quantity.Runs ?? facts.Runs.Keys).Select(id => facts.Runs.GetValueOrDefault(id))]),
    };

    private static Measured InRuns(LessonQuantity quantity, List<RunFacts?> runs)
    {
        List<double?> numbers = [.. runs.Select(run => run is null ? null : RunMeasurement.Measure(run, quantity))];
        // All of the runs count, or there is no number.
        return new Measured(numbers.Contains(null) ? null : Across(quantity, numbers), runs.TrueForAll(run => run?.HasEnded != false));
    }

    private static Measured InStudies(LessonQuantity quantity, List<StudyFacts?> studies)
    {
        List<TrialFacts> trials = [.. studies.SelectMany(study => Trials(quantity, study))];
        double? number = quantity.Measure switch
        {
            LessonMeasure.CompletedTrials => trials.Count(trial => trial.State == TrialState.Completed),
            LessonMeasure.TrialValue => Across(quantity, [.. trials.Select(trial => trial.Value)]),
            LessonMeasure.TrialEpochs => Across(quantity, [.. trials.Select(trial => (double?)trial.Epochs)]),
            _ => Across(quantity, [.. trials.SelectMany(trial => trial.Runs).Select(run => RunMeasurement.Measure(run, quantity))]),
        };
        // All of the studies and of the chosen trials count, or there is no number.
        return new Measured(studies.Exists(study => study?.BrokeOff != false) || trials.Exists(trial => trial.BrokeOff) ? null : number, studies.TrueForAll(study => study?.HasEnded != false));
    }

    private static IEnumerable<TrialFacts> Trials(LessonQuantity quantity, StudyFacts? study) =>
        (study?.Trials ?? []).Where(trial => quantity.Trials is not { } chosen || chosen.EnumerateObject().All(
            member => trial.Assignment.TryGetValue(member.Name, out var value) && Matches(value, member.Value)));

    // Equal, an object that has the members, or a number from atLeast to below.
    private static bool Matches(JsonElement value, JsonElement wanted) => (value.ValueKind, wanted.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => wanted.EnumerateObject().All(member => value.TryGetProperty(member.Name, out var inner) && Matches(inner, member.Value)),
        (JsonValueKind.Number, JsonValueKind.Object) => !(value.GetDouble() < Bound(wanted, "atLeast")) && !(value.GetDouble() >= Bound(wanted, "below")),
        _ => JsonElement.DeepEquals(value, wanted),
    };

    private static double? Bound(JsonElement range, string name) => range.TryGetProperty(name, out var bound) ? bound.GetDouble() : null;

    private static double? Across(LessonQuantity quantity, List<double?> numbers)
    {
        List<double> known = [.. numbers.OfType<double>()];
        return known.Count == 0 ? null : quantity.Across switch
        {
            LessonChoice.Highest => known.Max(),
            LessonChoice.Lowest => known.Min(),
            LessonChoice.ShareAtLeast => known.Count(number => number >= quantity.Level) / (double)numbers.Count,
            _ => known.Average(),
        };
    }

    // Without facts the attempt did not ask the lab.
    private static Measured InLab(LessonQuantity quantity, LabFacts? lab) => new(lab?.Result is { } result ? InLab(result, quantity.Pointer!) : null, lab?.HasEnded != false);

    private static double? InLab(JsonElement lab, string pointer)
    {
        var node = JsonSerializer.SerializeToNode(lab);
        foreach (var token in JsonPointer.Tokens(pointer) ?? [])
        {
            node = JsonPointer.Child(node, token);
        }

        return node is not JsonValue value ? null : value.GetValueKind() switch
        {
            JsonValueKind.Number => value.GetValue<double>(),
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            _ => null,
        };
    }

    // IsFinal: It will not change any more.
    private sealed record Measured(double? Number, bool IsFinal);
}

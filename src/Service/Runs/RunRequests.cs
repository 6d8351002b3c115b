using System.Globalization;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Runs;

/// <summary>Extends the training of a run.</summary>
[OptionalMembers]
public sealed record ExtendRequest
{
    /// <summary>New total number of epochs, including the completed ones, at least the present number; null leaves it unchanged.</summary>
    [Number(1, SpecFields.MaximumEpochs)]
    public int? Epochs { get; init; }

    /// <summary>
    /// New time limit in seconds of training, including the time that has passed, at least the present limit; null leaves it unchanged. A run that failed because
    /// it reached its limit needs a larger one.
    /// </summary>
    [Number(0, SpecLimits.MaximumTimeLimitSeconds, MinimumExclusive = true)]
    public double? TimeLimitSeconds { get; init; }

    // The first member with a value that does not extend the run. isOver: The run has reached its time limit.
    internal SpecFinding? FindInvalid(int epochs, double? limitSeconds, bool isOver)
    {
        var limit = limitSeconds ?? SpecLimits.MaximumTimeLimitSeconds;
        var (epochsDefinition, limitDefinition) = (Definition("/training/epochs"), Definition("/training/timeLimitSeconds"));
        return Epochs is null && TimeLimitSeconds is null
                ? SpecFinding.Error("/epochs", null, SpecFindingCode.MissingValue, ("member", "epochs"), ("allowed", epochsDefinition))
            : Epochs < epochs ? BelowPresent(Epochs, epochsDefinition with { Minimum = epochs })
            : TimeLimitSeconds < limit || (isOver && !(TimeLimitSeconds > limit))
                ? BelowPresent(TimeLimitSeconds, limitDefinition with { Minimum = limit, MinimumExclusive = isOver, Nullable = !isOver })
            : null;
    }

    private static ParameterDefinition Definition(string pointer) => SpecFields.All.Single(field => field.Pointer == pointer).Definition;

    private static SpecFinding BelowPresent(double? found, ParameterDefinition allowed) => SpecFinding.Error(
        $"/{allowed.Name}", found?.ToString(CultureInfo.InvariantCulture), SpecFindingCode.OutOfRange,
        ("member", allowed.Name), ("allowed", allowed), ("suggested", Math.Min(2 * allowed.Minimum!.Value, allowed.Maximum!.Value)));
}

/// <summary>Differences between a run and its fork.</summary>
[OptionalMembers]
public sealed record ForkRequest
{
    /// <summary>Changes to the spec, applied in this order, at most 100. Without changes the fork repeats the run.</summary>
    [Items(0, 100)]
    public IReadOnlyList<SpecChange>? Changes { get; init; }

    /// <summary>Name of the fork; by default that of the changed spec.</summary>
    [Text(1, 100)]
    public string? Name { get; init; }

    /// <summary>Whether to start from the weights of the parent's latest checkpoint. Requires the same layers.</summary>
    public bool Weights { get; init; }
}

/// <summary>Changes to name, notes and tags of a run; members that are missing or null are left unchanged.</summary>
[OptionalMembers]
public sealed record RunEdit
{
    /// <summary>Name, 1 to 100 characters. The spec keeps the name that it was submitted with.</summary>
    [Text(1, 100)]
    public string? Name { get; init; }

    /// <summary>Notes, up to 10,000 characters; an empty text removes them.</summary>
    [Text(0, 10_000, Multiline = true)]
    public string? Notes { get; init; }

    /// <summary>All tags, up to 20 with 1 to 40 characters each; an empty list removes them. Repeated tags are removed.</summary>
    [Items(0, 20), Text(1, 40)]
    public IReadOnlyList<string>? Tags { get; init; }
}

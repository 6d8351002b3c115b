using System.Text.Json;
using Trainyard.Specs.Events.Diagnosis;

namespace Trainyard.Service.Compare;

/// <summary>A limitation of a comparison.</summary>
public sealed record ComparabilityNote
{
    /// <summary>problem: the metrics are not comparable. warning: a difference cannot be attributed to one cause. info: for information.</summary>
    public required DiagnosisSeverity Severity { get; init; }

    /// <summary>Code of the message.</summary>
    public required ComparabilityCode Code { get; init; }

    /// <summary>Arguments of the message, by name.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Arguments { get; init; }

    /// <summary>Message in English.</summary>
    public required string Message { get; init; }

    /// <summary>JSON pointers of the parameters concerned; may be empty.</summary>
    public required IReadOnlyList<string> Pointers { get; init; }
}

/// <summary>Kind of limitation of a comparison.</summary>
public enum ComparabilityCode
{
    /// <summary>The runs were trained and validated on different data.</summary>
    OtherData,

    /// <summary>Datasets of the same name with different files. Argument <c>fingerprints</c>: the number of different ones.</summary>
    OtherFiles,

    /// <summary>The validation splits differ in size or seed.</summary>
    OtherSplit,

    /// <summary>Label smoothing differs, so a higher loss does not imply a worse network.</summary>
    LabelSmoothing,

    /// <summary>
    /// Wherever <c>factor</c> differs, the runs also differ in <c>others</c>: always in all of them (<c>join</c> is and), or sometimes in one, sometimes in another
    /// (or). A factor is a JSON pointer or <c>architecture</c>.
    /// </summary>
    Confounded,

    /// <summary>
    /// Runs that started from the weights of their parent. Arguments: their ids <c>runs</c>, <c>names</c> of the first three, <c>more</c>: the number of others.
    /// </summary>
    ParentWeights,

    /// <summary>Unfinished runs. Arguments as for <see cref="ParentWeights"/>.</summary>
    Unfinished,

    /// <summary><c>single</c> of <c>settings</c> settings were trained with one seed only.</summary>
    SingleSeed,
}

using System.Text.Json;
using Trainyard.Specs.Events.Diagnosis;

namespace Trainyard.Service.Compare;

/// <summary>Something to mind before drawing conclusions.</summary>
public sealed record ComparabilityNote
{
    /// <summary>problem: the metrics cannot be compared. warning: a difference cannot be put down to one cause. info: good to know.</summary>
    public required DiagnosisSeverity Severity { get; init; }

    /// <summary>What it says.</summary>
    public required ComparabilityCode Code { get; init; }

    /// <summary>What the sentence is made with, by name; the code tells which there are.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Arguments { get; init; }

    /// <summary>One or two English sentences.</summary>
    public required string Message { get; init; }

    /// <summary>The places in the specs that it is about; may be empty.</summary>
    public required IReadOnlyList<string> Pointers { get; init; }
}

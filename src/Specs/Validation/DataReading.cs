using Trainyard.Specs.Findings;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Validation;

/// <summary>Result of <see cref="SpecReader.ReadData(ReadOnlyMemory{byte})"/>.</summary>
public sealed record DataReading
{
    /// <summary>The canonical data section, with all defaults; null when there are errors.</summary>
    public required DataSpec? Data { get; init; }

    /// <summary>Whether the document is not JSON.</summary>
    public bool Malformed { get; init; }

    /// <summary>The errors; pointers are into the spec.</summary>
    public required IReadOnlyList<SpecFinding> Findings { get; init; }
}

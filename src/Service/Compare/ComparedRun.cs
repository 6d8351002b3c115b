using System.Diagnostics.CodeAnalysis;
using Trainyard.Service.Runs;

namespace Trainyard.Service.Compare;

/// <summary>A run in a comparison.</summary>
public sealed record ComparedRun : RunSummary
{
    /// <summary>Extends a summary.</summary>
    /// <param name="summary">The run.</param>
    /// <param name="findings">Rules of the diagnosis that spoke.</param>
    [SetsRequiredMembers]
    public ComparedRun(RunSummary summary, int findings)
        : base(summary) => Findings = findings;

    /// <summary>Rules of the diagnosis that spoke.</summary>
    public int Findings { get; }
}

using System.Diagnostics.CodeAnalysis;
using Trainyard.Specs.Events.Diagnosis;

namespace Trainyard.Service.Results;

/// <summary>A finding with its place in the history of the run.</summary>
public sealed record RunFinding : Finding
{
    /// <summary>Extends a finding.</summary>
    /// <param name="seq">Seq of its event.</param>
    /// <param name="at">When it was noticed, UTC.</param>
    /// <param name="finding">The finding.</param>
    [SetsRequiredMembers]
    public RunFinding(long seq, DateTimeOffset at, Finding finding)
        : base(finding)
    {
        Seq = seq;
        At = at;
    }

    /// <summary>Seq of its event.</summary>
    public long Seq { get; }

    /// <summary>When it was noticed, UTC.</summary>
    public DateTimeOffset At { get; }
}

namespace Trainyard.Specs.Findings;

/// <summary>Weight of a finding.</summary>
public enum FindingSeverity
{
    /// <summary>The spec is accepted; training it may disappoint.</summary>
    Warning,

    /// <summary>The spec is refused.</summary>
    Error,
}

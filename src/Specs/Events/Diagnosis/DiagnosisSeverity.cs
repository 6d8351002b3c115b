namespace Trainyard.Specs.Events.Diagnosis;

/// <summary>How much a finding of the diagnosis matters.</summary>
public enum DiagnosisSeverity
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Learning suffers.</summary>
    Warning,

    /// <summary>The run does not learn as it should.</summary>
    Problem,
}

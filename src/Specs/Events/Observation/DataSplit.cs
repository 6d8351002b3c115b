namespace Trainyard.Specs.Events.Observation;

/// <summary>Part of a dataset.</summary>
public enum DataSplit
{
    /// <summary>What the network learns from.</summary>
    Train,

    /// <summary>What choices are made on.</summary>
    Validation,

    /// <summary>What is looked at once, after all choices.</summary>
    Test,
}

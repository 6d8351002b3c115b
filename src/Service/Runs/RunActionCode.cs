namespace Trainyard.Service.Runs;

/// <summary>Why something cannot be done to a run now, for pages that say it in words of their own.</summary>
public enum RunActionCode
{
    /// <summary>Its state does not allow it. Arguments: <c>verb</c>, <c>state</c>, <c>allowed</c> (states).</summary>
    WrongState,

    /// <summary>It is being cancelled.</summary>
    BeingCancelled,

    /// <summary>It has the largest number of epochs. Argument: <c>maximum</c>.</summary>
    LargestEpochs,
}

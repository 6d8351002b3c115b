namespace Trainyard.Service.Compare;

/// <summary>How a part of a group's label is said.</summary>
public enum LabelPartCode
{
    /// <summary>The name of a technique, which needs no other word: adam.</summary>
    Technique,

    /// <summary>A place and its value: batch size 64.</summary>
    Value,

    /// <summary>A place without a value: no train limit.</summary>
    None,

    /// <summary>A letter for what differs in too many places to say: architecture A.</summary>
    Variant,
}

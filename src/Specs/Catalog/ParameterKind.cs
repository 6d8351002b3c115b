namespace Trainyard.Specs.Catalog;

/// <summary>JSON type of a parameter.</summary>
public enum ParameterKind
{
    /// <summary>A finite number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of a list of words.</summary>
    Choice,

    /// <summary>An array of numbers.</summary>
    Numbers,

    /// <summary>Free text.</summary>
    Text,
}

namespace Trainyard.Specs.Json;

/// <summary>A string of a document, or each string of a list, in Unicode code points.</summary>
/// <param name="minimum">Minimum length.</param>
/// <param name="maximum">Maximum length.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextAttribute(int minimum, int maximum) : Attribute
{
    /// <summary>Minimum length.</summary>
    public int Minimum => minimum;

    /// <summary>Maximum length.</summary>
    public int Maximum => maximum;

    /// <summary>Whether the string may have several lines.</summary>
    public bool Multiline { get; init; }
}

/// <summary>A number of a document.</summary>
/// <param name="minimum">Minimum.</param>
/// <param name="maximum">Maximum.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NumberAttribute(double minimum, double maximum) : Attribute
{
    /// <summary>Minimum.</summary>
    public double Minimum => minimum;

    /// <summary>Whether the minimum itself is excluded.</summary>
    public bool MinimumExclusive { get; init; }

    /// <summary>Maximum.</summary>
    public double Maximum => maximum;
}

/// <summary>A list of a document.</summary>
/// <param name="minimum">Minimum number of items.</param>
/// <param name="maximum">Maximum number of items.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemsAttribute(int minimum, int maximum) : Attribute
{
    /// <summary>Minimum number of items.</summary>
    public int Minimum => minimum;

    /// <summary>Maximum number of items.</summary>
    public int Maximum => maximum;
}

/// <summary>Marks a record whose members that are not <c>required</c> may be missing, such as the body of a request.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OptionalMembersAttribute : Attribute;

using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Compare;

/// <summary>A part of what sets a group apart, for pages that say it in words of their own.</summary>
public sealed record LabelPart
{
    /// <summary>How it is said.</summary>
    public required LabelPartCode Code { get; init; }

    /// <summary>The place in the spec; of a variant the factor: a place, or <c>architecture</c>.</summary>
    public required string Pointer { get; init; }

    /// <summary>The value there; the letter of a variant; null where there is none.</summary>
    public required ParameterValue? Value { get; init; }

    /// <summary>The part in English.</summary>
    internal string Text => Code switch
    {
        LabelPartCode.Technique => $"{Value}",
        LabelPartCode.None => $"no {SpecLabels.Of(Pointer)}",
        LabelPartCode.Variant when Pointer == Factor.Architecture => $"{Pointer} {Value}",
        _ => $"{SpecLabels.Of(Pointer)} {Value}",
    };
}

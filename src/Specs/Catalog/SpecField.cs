namespace Trainyard.Specs.Catalog;

/// <summary>One fixed member of a spec with its contract.</summary>
public sealed record SpecField
{
    /// <summary>JSON pointer to the member; <c>*</c> stands for any index of an array.</summary>
    public required string Pointer { get; init; }

    /// <summary>Type, range, default and meaning.</summary>
    public required ParameterDefinition Definition { get; init; }
}

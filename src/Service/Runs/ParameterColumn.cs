using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Runs;

/// <summary>A parameter of specs.</summary>
public sealed record ParameterColumn
{
    /// <summary>JSON pointer into the canonical spec; as a column: <c>param.</c> and the pointer with dots.</summary>
    public required string Pointer { get; init; }

    /// <summary>In words.</summary>
    public required string Label { get; init; }

    /// <summary>Type of the value.</summary>
    public required ParameterKind Kind { get; init; }
}

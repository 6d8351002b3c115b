using System.Text.Json;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Spec;

/// <summary>A change of one place in a canonical spec.</summary>
public sealed record SpecChange
{
    /// <summary>JSON pointer into the canonical spec.</summary>
    [Text(0, 1000)]
    public required string Path { get; init; }

    /// <summary>The new value; null removes the member.</summary>
    public required JsonElement? Value { get; init; }
}

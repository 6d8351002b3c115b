namespace Trainyard.Specs.Events.Diagnosis;

/// <summary>A number that a finding rests on.</summary>
public sealed record Evidence
{
    /// <summary>What was measured.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the layer; null for the whole network.</summary>
    public required string? Layer { get; init; }

    /// <summary>Epoch of the measurement; null when it spans several.</summary>
    public required int? Epoch { get; init; }

    /// <summary>The measured value; null when it is not finite.</summary>
    public required double? Value { get; init; }

    /// <summary>Unit; null: a plain number.</summary>
    public required string? Unit { get; init; }

    /// <summary>The limit that it passed; null when there is none.</summary>
    public required double? Limit { get; init; }
}

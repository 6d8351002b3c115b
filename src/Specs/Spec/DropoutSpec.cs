namespace Trainyard.Specs.Spec;

/// <summary>Dropout rates per kind of layer: the probability that a value is set to 0 while training.</summary>
public sealed record DropoutSpec
{
    /// <summary>After each convolution block, 0 to 0.95.</summary>
    public required double Conv { get; init; }

    /// <summary>After each hidden dense layer, 0 to 0.95.</summary>
    public required double Dense { get; init; }
}

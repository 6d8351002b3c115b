namespace Trainyard.Specs.Events;

/// <summary>How fast a network is trained, as <c>trainer measure</c> prints it.</summary>
public sealed record StepSpeed
{
    /// <summary>Floating-point operations of an update.</summary>
    public required double Flops { get; init; }

    /// <summary>Updates a second.</summary>
    public required double StepsPerSecond { get; init; }
}

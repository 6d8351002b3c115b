/// <summary>Settings of a layer.</summary>
internal sealed record ActivationLayer
{
    public required TechniqueChoice Activation { get; init; }
}

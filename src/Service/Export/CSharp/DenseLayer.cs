/// <summary>Settings of a layer.</summary>
internal sealed record DenseLayer
{
    public required int Units { get; init; }

    public required bool Bias { get; init; }

    public required TechniqueChoice Initialization { get; init; }
}

/// <summary>Settings of a layer.</summary>
internal sealed record ConvLayer
{
    public required int Filters { get; init; }

    public required int Kernel { get; init; }

    public required int Stride { get; init; }

    public required int Padding { get; init; }

    public required int Dilation { get; init; }

    public required bool Bias { get; init; }

    public required TechniqueChoice Initialization { get; init; }
}

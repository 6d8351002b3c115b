/// <summary>Settings of a layer.</summary>
internal sealed record BatchNormLayer
{
    public required double Momentum { get; init; }

    public required double Epsilon { get; init; }
}

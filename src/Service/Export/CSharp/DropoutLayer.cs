/// <summary>Settings of a layer.</summary>
internal sealed record DropoutLayer
{
    public required double Rate { get; init; }
}

/// <summary>Settings of a layer.</summary>
internal sealed record PoolLayer
{
    public required PoolKind Pool { get; init; }

    public required int Size { get; init; }
}

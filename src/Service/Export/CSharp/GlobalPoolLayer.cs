/// <summary>Settings of a layer.</summary>
internal sealed record GlobalPoolLayer
{
    public required GlobalPool Pool { get; init; }
}

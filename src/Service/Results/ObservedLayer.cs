namespace Trainyard.Service.Results;

/// <summary>A layer that was measured.</summary>
public sealed record ObservedLayer
{
    /// <summary>Index of the layer in the layer table, from 0.</summary>
    public required int Layer { get; init; }

    /// <summary>Name as in the layer table.</summary>
    public required string Name { get; init; }

    /// <summary>Kind as in the layer table.</summary>
    public required string Kind { get; init; }
}

namespace Trainyard.Service.Runs;

/// <summary>A run that was made from another.</summary>
public sealed record RunChild
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }
}

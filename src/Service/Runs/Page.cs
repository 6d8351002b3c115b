namespace Trainyard.Service.Runs;

/// <summary>Part of a list.</summary>
public sealed record Page<T>
{
    /// <summary>The entries.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>Value of <c>after</c> for the next part; null: this is the end.</summary>
    public required string? Next { get; init; }
}

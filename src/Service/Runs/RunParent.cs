using Trainyard.Service.Store;

namespace Trainyard.Service.Runs;

/// <summary>The run that another was made from.</summary>
public sealed record RunParent
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name; null: it was deleted.</summary>
    public required string? Name { get; init; }

    /// <summary>How the other was made from it.</summary>
    public required ParentKind Kind { get; init; }

    /// <summary>Complete epochs of the checkpoint whose weights the other starts from; null: it has weights of its own.</summary>
    public required int? Epoch { get; init; }
}
